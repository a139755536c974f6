using System.Diagnostics;
using System.Globalization;
using Fovea.Training.Evaluation;
using Fovea.Training.Randomness;

namespace Fovea.Bench.Training;

/// <summary>Each protocol at the size of CIFAR-10 with features of a large encoder; k-NN beside the product of all pairs, which it cannot do without.</summary>
internal static class EvaluationBenchmark
{
    private const int Train = 50_000, Test = 10_000, Width = 768, Classes = 10, ManyClasses = 101;

    public static int Run()
    {
        FeatureSet train = Clouds(Train, Width, Classes, 1), test = Clouds(Test, Width, Classes, 2);
        Console.WriteLine($"{Train} training and {Test} test samples of {Width} features, {Environment.ProcessorCount} cores");
        Console.WriteLine("milliseconds, of processor time, peak MB since start");
        Measure("the product of all pairs alone, float32, by blocks", () => Product());
        Measure("k-NN, 20 neighbours", () => KnnEvaluation.Evaluate(train, test, new KnnOptions { Neighbours = [20] }));
        Measure("k-NN, 200 neighbours", () => KnnEvaluation.Evaluate(train, test, new()));
        Measure($"linear probe, {Classes} classes, 45 strengths", () => LinearProbe.Evaluate(train, test, new()));
        Measure("few-shot, 1 and 5, 5 runs", () => FewShotEvaluation.Evaluate(train, test, new()));
        Measure("retrieval", () => RetrievalEvaluation.Evaluate(train, test, new()));
        Measure("clustering of the test samples", () => ClusteringEvaluation.Evaluate(test));
        Measure($"SGD sweep, {Classes} classes, 13 heads, 1,250 of 12,500 steps", () => SgdSweep.Evaluate(train, test, new SgdSweepOptions { Steps = 1250 }));
        (train, test) = (Clouds(Train, Width, ManyClasses, 1), Clouds(Test, Width, ManyClasses, 2));
        Measure($"linear probe, {ManyClasses} classes, 45 strengths", () => LinearProbe.Evaluate(train, test, new()));
        return 0;
    }

    private static void Measure(string what, Action action)
    {
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        action();
        double wall = Stopwatch.GetElapsedTime(start).TotalMilliseconds, spent = (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-60} {wall,9:F0} {spent,9:F0} {ProcessCost.Line().Split(' ')[2],6}"));
    }

    private static void Product()
    {
        const int TrainBlock = 4096, TestBlock = 1024;
        using TorchSharp.torch.Tensor left = TorchSharp.torch.rand(TestBlock, Width), right = TorchSharp.torch.rand(TrainBlock, Width);
        for (long pairs = 0; pairs < (long)Train * Test; pairs += TrainBlock * TestBlock) left.matmul(right.t()).Dispose();
    }

    // Centres at random places, so near that a tenth is taken for another; the width of clouds differs by direction, as it does in features of encoders.
    private static FeatureSet Clouds(int samples, int width, int classes, ulong seed)
    {
        RandomStream places = new(0, RandomPurpose.Initialization), random = new(seed, RandomPurpose.Initialization);
        float[] centres = new float[classes * width], values = new float[samples * width];
        for (int index = 0; index < centres.Length; index++) centres[index] = (float)(0.25 * places.NextNormal());
        for (int index = 0; index < values.Length; index++)
        {
            int column = index % width, label = index / width % classes;
            values[index] = (float)(centres[label * width + column] + random.NextNormal()) / (1 + column * 20f / width);
        }
        IEnumerable<int> all = Enumerable.Range(0, samples);
        return new(new FeatureMatrix(values, width), [.. all.Select(sample => sample % classes)], [], [.. all.Select(sample => $"{seed}/{sample}")]);
    }
}
