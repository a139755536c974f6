using Fovea.Networks;
using Fovea.Tests;
using Fovea.Tests.Graphs;
using Fovea.Training.Pretraining;

namespace Fovea.Training.Tests.Pretraining;

/// <summary>The predictor's table against sincos.safetensors and the buffers of the golden checkpoints.</summary>
public class PredictorPositionsTests
{
    /// <summary>The reference computes in float32; a double computation differs by 6e-7.</summary>
    private static readonly Tolerance Golden = new(1e-5, 0);

    [Fact]
    public void Tables_equal_the_reference()
    {
        using GoldenTensors golden = new(Path.Combine(TestFolders.Golden("ijepa"), "sincos.safetensors"));
        string[] names = [.. golden.Names.Where(name => !name.EndsWith("_index", StringComparison.Ordinal))];
        Assert.NotEmpty(names);
        foreach (string name in names)
        {
            int[] sizes = [.. name[(name.IndexOf('_') + 1)..].Split('x').Select(int.Parse)];                       // rows, columns, width
            float[][] rows = [.. PredictorPositions.Table(new PatchGrid(sizes[0], sizes[1]), sizes[2]).Chunk(sizes[2])];
            IEnumerable<long> stored = golden.Has($"{name}_index") ? golden.Integers($"{name}_index") : Enumerable.Range(0, rows.Length).Select(row => (long)row);
            Golden.Check(name, golden.Floats(name), [.. stored.SelectMany(row => rows[row])]);
        }
    }

    [Theory]
    [InlineData("weights_A.safetensors")]
    [InlineData("weights_B.safetensors")]
    public void Table_equals_the_buffer_of_a_checkpoint(string file)
    {
        using GoldenTensors golden = new(Path.Combine(TestFolders.Golden("ijepa"), file));
        TensorShape shape = golden.Shape("predictor.pos_embedding");
        int side = (int)Math.Sqrt(shape[0]);
        Golden.Check(file, golden.Floats("predictor.pos_embedding"), PredictorPositions.Table(new PatchGrid(side, side), (int)shape[1]));
    }

    [Fact]
    public void Published_exponents_end_before_1()
    {
        float[] table = PredictorPositions.Table(new PatchGrid(1, 2), width: 8, FrequencySpacing.BeforeLast);       // q = 2: frequencies 1 and 10000^-0.5
        Golden.Check("published", [0, 0, 1, 1, 0, 0, 1, 1, (float)Math.Sin(1), (float)Math.Sin(0.01), (float)Math.Cos(1), (float)Math.Cos(0.01), 0, 0, 1, 1], table);
    }

    [Theory]
    [InlineData(4, "take 8")]
    [InlineData(18, "take 20")]
    [InlineData(-4, "take 8")]
    public void Width_that_makes_no_table_is_refused(int width, string remedy) => Assert.Contains(
        remedy, Assert.Throws<ArgumentException>(() => PredictorPositions.Table(new PatchGrid(2, 2), width)).Message, StringComparison.Ordinal);
}
