using System.Text.Json;
using Fovea.Training.Pretraining;

namespace Fovea.Training.Tests.Pretraining;

/// <summary>Samplers by their settings.</summary>
public class MaskSamplerTests
{
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    [Fact]
    public void Default_sampler_is_the_unbiased_one() => Assert.IsType<UnbiasedMaskSampler>(MaskSampler.Create(new MaskSettings(), new PatchGrid(14, 14), seed: 1));

    /// <summary>Pictures of 32 x 32 with patches of 4: the smallest recipe.</summary>
    [Theory]
    [InlineData(MaskSamplerKind.Unbiased)]
    [InlineData(MaskSamplerKind.Compat)]
    public void Small_grid_with_a_smaller_least_number_runs_for_ever(object kind)
    {
        MaskSampler sampler = MaskSampler.Create(new MaskSettings { Sampler = (MaskSamplerKind)kind, MinKeep = 4 }, new PatchGrid(8, 8), seed: 3);
        for (int step = 0; step < 2000; step++)
        {
            MaskBatch masks = sampler.Sample(step, BatchSlice.Whole(64));
            Assert.True(masks.ContextPatches > 4 && masks.TargetPatches > 4, $"step {step}: {masks.ContextPatches} context and {masks.TargetPatches} target patches");
        }
    }

    [Fact]
    public void Seeds_steps_and_pictures_differ()
    {
        MaskSampler sampler = MaskSampler.Create(new MaskSettings(), new PatchGrid(14, 14), seed: 1);
        MaskBatch masks = sampler.Sample(7, BatchSlice.Whole(2));
        Assert.NotEqual(masks.TargetOf(0, 0).ToArray(), masks.TargetOf(0, 1).ToArray());
        Assert.NotEqual(masks.Targets[0], sampler.Sample(8, BatchSlice.Whole(2)).Targets[0]);
        Assert.NotEqual(masks.Targets[0], MaskSampler.Create(new MaskSettings(), new PatchGrid(14, 14), seed: 2).Sample(7, BatchSlice.Whole(2)).Targets[0]);
    }

    [Fact]
    public void Sampler_is_safe_to_call_from_many_threads()
    {
        MaskSampler shared = MaskSampler.Create(new MaskSettings(), new PatchGrid(14, 14), seed: 1), alone = MaskSampler.Create(new MaskSettings(), new PatchGrid(14, 14), seed: 1);
        long[][] together = [.. Enumerable.Range(0, 200).AsParallel().AsOrdered().Select(step => shared.Sample(step, BatchSlice.Whole(4)).Contexts[0])];
        Assert.Equal(Enumerable.Range(0, 200).Select(step => alone.Sample(step, BatchSlice.Whole(4)).Contexts[0]), together);
    }

    [Fact]
    public void Settings_come_back_from_json()
    {
        MaskSettings settings = new() { Sampler = MaskSamplerKind.Compat, TargetScale = new(0.1, 0.3), TargetBlocks = 2, MinKeep = 4, AllowsOverlap = true };
        string json = JsonSerializer.Serialize(settings, SnakeCase);
        Assert.Contains("\"sampler\":\"compat\"", json, StringComparison.Ordinal);
        Assert.Equal(settings, JsonSerializer.Deserialize<MaskSettings>(json, SnakeCase));
    }
}
