using System.Text.Json.Nodes;
using Fovea.Training.Pretraining;

namespace Fovea.Training.Tests.Pretraining;

/// <summary>The draws that the reference made for one example; asking for others, or in another order, fails.</summary>
internal sealed class RecordedDraws(JsonNode example) : IMaskDraws
{
    private readonly Queue<double> _uniforms = new(example["uniforms"]!.AsArray().Select(value => (double)value!));
    private readonly Queue<(int Count, int Value)> _integers = new(example["integers"]!.AsArray().Select(draw => ((int)draw![0]!, (int)draw[1]!)));
    private int _nextPicture;

    public double NextUniform() => _uniforms.Dequeue();

    public void BeginPicture(int position)
    {
        Assert.True(_uniforms.Count == 0, "places are drawn before the sizes");
        Assert.Equal(_nextPicture++, position);
    }

    public int NextInteger(int count)
    {
        Assert.True(_integers.Count > 0, $"one more number below {count} is asked for than the reference drew");
        (int recorded, int value) = _integers.Dequeue();
        Assert.True(recorded == count, $"a number below {count} is asked for; the reference drew one below {recorded}, with {_integers.Count} to follow");
        return value;
    }

    public void CheckUsedUp()
    {
        Assert.Empty(_uniforms);
        Assert.Empty(_integers);
    }
}
