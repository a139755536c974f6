using Fovea.Checkpoints;
using Fovea.Graphs;
using Fovea.Networks;
using Fovea.Tests.Graphs;

namespace Fovea.Tests.Insight;

public class AttentionMapTests
{
    private static readonly TokenLayout Layout = new(2, true, new PatchGrid(2, 3));

    [Fact]
    public void Drawn_attention_and_values_give_what_the_block_adds()
    {
        // Without its MLP a block adds the attention's output alone.
        VitConfig config = NamedNetworks.Get("vit_reg4_m16_rms_avg") with { PatchSize = 8, Depth = 1, Heads = 4, Width = 32, MlpWidth = 16, Registers = 2 };
        VitNetwork network = new(config, new ImageSize(32, 40));
        Dictionary<string, Weight> weights = FormulaWeights.Of(network);
        foreach (string key in (string[])["encoder.block.0.mlp.3.weight", "encoder.block.0.mlp.3.bias"]) weights[key] = new(weights[key].Shape, new float[weights[key].Shape.ElementCount]);
        float[] image = FormulaWeights.Image(0)[..(3 * 32 * 40)];
        Dictionary<VitOutput, float[]> found = VitGoldenTests.Run(network, weights, [VitOutput.InputTokens, VitOutput.Block(0), VitOutput.Attention(0), VitOutput.Values(0), VitOutput.Queries(0), VitOutput.Keys(0)], image);

        AttentionMap map = new(found[VitOutput.Attention(0)], new TokenLayout(2, false, network.Grid));
        float[] values = found[VitOutput.Values(0)], queries = found[VitOutput.Queries(0)], keys = found[VitOutput.Keys(0)];
        ReadOnlySpan<float> projection = weights["encoder.block.0.attn.proj.weight"].Values.Span, bias = weights["encoder.block.0.attn.proj.bias"].Values.Span;
        int width = config.Width, headSize = network.HeadSize;
        for (int token = 0; token < network.Tokens; token++)
        {
            double[] joined = new double[width];
            for (int head = 0; head < config.Heads; head++)
            {
                Assert.Equal(1, map.Row(token, head).ToArray().Sum(), 1e-5);
                double[] scores = new double[network.Tokens];
                for (int other = 0; other < network.Tokens; other++)
                {
                    for (int index = head * headSize; index < (head + 1) * headSize; index++)
                    {
                        joined[index] += map.Row(token, head)[other] * values[other * width + index];
                        scores[other] += queries[token * width + index] * keys[other * width + index] / Math.Sqrt(headSize);
                    }
                }
                double sum = scores.Sum(Math.Exp);
                for (int other = 0; other < network.Tokens; other++) Assert.Equal(Math.Exp(scores[other]) / sum, map.Row(token, head)[other], 1e-5);
            }
            for (int output = 0; output < width; output++)
            {
                double expected = bias[output];
                for (int index = 0; index < width; index++) expected += projection[output * width + index] * joined[index];
                double added = found[VitOutput.Block(0)][token * width + output] - found[VitOutput.InputTokens][token * width + output];
                Assert.Equal(expected, added, 1e-4);                              // float32 sums of 32 terms of size 1, and a difference of numbers up to 3
            }
        }
    }

    [Fact]
    public void Masses_of_all_tokens_sum_to_one()
    {
        AttentionMap map = new(Drawn(heads: 3), Layout);
        for (int head = 0; head < map.Heads; head++)
        {
            double patches = map.MassOn(Layout.SpecialTokens, Layout.Grid.Patches, head);
            Assert.Equal(1, map.MassOnRegisters(head) + map.MassOn(2, 1, head) + patches, 1e-6);
            Assert.Equal(patches, map.Received(head).Sum(), 1e-6);
        }
        Assert.Equal(map.MassOnRegisters(), Enumerable.Range(0, 3).Average(head => map.MassOnRegisters(head)), 1e-9);
        Assert.Equal(map.From(0), Enumerable.Range(0, 6).Select(patch => (float)Enumerable.Range(0, 3).Average(head => map.From(0, head)[patch])), (left, right) => Math.Abs(left - right) < 1e-6);
    }

    [Fact]
    public void Entropy_is_one_for_attention_to_all_patches_alike_and_zero_for_one_patch()
    {
        float[] weights = new float[81];
        for (int row = 0; row < 9; row++)
        {
            for (int patch = 3; patch < 9; patch++) weights[row * 9 + patch] = row == 0 ? (patch == 4 ? 1 : 0) : 1f / 6;
        }
        AttentionMap map = new(weights, Layout);
        Assert.Equal(0, map.Entropy(0, 0), 1e-6);
        Assert.Equal(1, map.Entropy(1, 0), 1e-6);
        Assert.Equal(0, map.MassOnRegisters());
    }

    [Fact]
    public void Sink_is_the_token_that_patches_attend_to_most()
    {
        float[] weights = new float[81];
        for (int row = 0; row < 9; row++) (weights[row * 9 + 1], weights[row * 9 + 5]) = (0.7f, 0.3f);
        (int token, double mass) = new AttentionMap(weights, Layout).Sink(0);
        Assert.Equal(1, token);
        Assert.Equal(0.7, mass, 1e-6);
    }

    [Fact]
    public void Mask_keeps_the_fewest_patches_that_hold_the_share()
    {
        Assert.Equal([false, true, false, true], AttentionMap.Mask([0.1f, 0.4f, 0.2f, 0.3f]));
        Assert.Equal([true, true, true, true], AttentionMap.Mask([0.25f, 0.25f, 0.25f, 0.25f], 1));
    }

    [Fact]
    public void Rollout_of_uniform_attention_is_the_same_for_all_patches()
    {
        float[] weights = [.. Enumerable.Repeat(1f / 9, 2 * 81)];
        float[] map = AttentionMap.Rollout([new(weights, Layout), new(weights, Layout)], discarded: 0);
        Assert.All(map, value => Assert.Equal(1, value, 1e-5));
    }

    [Fact]
    public void Rollout_prunes_only_between_patches_and_equals_its_definition()
    {
        AttentionMap[] blocks = [new(Drawn(2, seed: 1), Layout), new(Drawn(2, seed: 2), Layout)];
        foreach (HeadFusion fusion in Enum.GetValues<HeadFusion>())
        {
            double[,] product = new double[9, 9];
            for (int row = 0; row < 9; row++) product[row, row] = 1;
            foreach (AttentionMap block in blocks) product = Times(Step(block, fusion, 0.5), product);
            double[] expected = [.. Enumerable.Range(3, 6).Select(patch => Enumerable.Range(0, 3).Sum(row => product[row, patch]))];
            float[] found = AttentionMap.Rollout(blocks, fusion, 0.5);
            for (int patch = 0; patch < 6; patch++) Assert.Equal(expected[patch] / expected.Max(), found[patch], 1e-5);
        }
    }

    [Fact]
    public void Wrong_numbers_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new AttentionMap(new float[80], Layout));
        Assert.Throws<ArgumentException>(() => AttentionMap.Rollout([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AttentionMap(Drawn(2), Layout).From(0, 2));
    }

    private static double[,] Step(AttentionMap block, HeadFusion fusion, double discarded)
    {
        double[,] step = new double[9, 9];
        for (int row = 0; row < 9; row++)
        {
            for (int column = 0; column < 9; column++)
            {
                double[] heads = [.. Enumerable.Range(0, block.Heads).Select(head => (double)block.Row(row, head)[column])];
                step[row, column] = fusion switch { HeadFusion.Max => heads.Max(), HeadFusion.Min => heads.Min(), _ => heads.Average() };
            }
        }
        (int Row, int Column)[] smallest = [.. Enumerable.Range(0, 36).Select(index => (3 + index / 6, 3 + index % 6)).OrderBy(place => step[place.Item1, place.Item2]).Take((int)(36 * discarded))];
        foreach ((int row, int column) in smallest) step[row, column] = 0;
        for (int row = 0; row < 9; row++)
        {
            step[row, row] += 1;
            double sum = Enumerable.Range(0, 9).Sum(column => step[row, column]);
            for (int column = 0; column < 9; column++) step[row, column] /= sum;
        }
        return step;
    }

    private static double[,] Times(double[,] left, double[,] right)
    {
        double[,] product = new double[9, 9];
        for (int row = 0; row < 9; row++)
        {
            for (int column = 0; column < 9; column++) product[row, column] = Enumerable.Range(0, 9).Sum(inner => left[row, inner] * right[inner, column]);
        }
        return product;
    }

    private static float[] Drawn(int heads, int seed = 5)
    {
        Random random = new(seed);
        float[] weights = [.. Enumerable.Range(0, heads * 81).Select(_ => (float)random.NextDouble())];
        for (int row = 0; row < heads * 9; row++)
        {
            float sum = weights.AsSpan(row * 9, 9).ToArray().Sum();
            for (int column = 0; column < 9; column++) weights[row * 9 + column] /= sum;
        }
        return weights;
    }
}
