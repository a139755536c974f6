using System.Diagnostics;
using System.Globalization;
using Fovea.Images;
using Fovea.Training.Data;
using Fovea.Training.Randomness;

namespace Fovea.Bench;

/// <summary>
/// What feeds a trainer, without the trainer: pictures/s of the loader, and what reading, decoding and each level of augmentation take of it. Times are those
/// of the processor, so that a busy neighbour changes little; one thread, medians over rounds. Order and index of large sets come last.
/// </summary>
internal static class LoaderBenchmark
{
    private const int Rounds = 5;
    private const int Pictures = 400;

    public static int Run(string data)
    {
        Measure(Path.Combine(data, "caltech101", "_info.json"), ImageSize.Square(224), batchSize: 32);
        Measure(Path.Combine(data, "cifar10", "_info.json"), ImageSize.Square(32), batchSize: 256);
        MeasureOrder(1_000_000);
        MeasureOrder(13_500_000);
        return 0;
    }

    private static void Measure(string source, ImageSize size, int batchSize)
    {
        long start = Stopwatch.GetTimestamp();
        using IndexedPictures pictures = IndexedPictures.Open(DataSource.Parse([source], SourceUse.Training), new IndexOptions());
        Console.WriteLine($"{pictures.Sources[0]}; opened in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms");
        using CachedPictures kept = new(pictures, long.MaxValue);
        for (int sample = 0; sample < Pictures; sample++) kept.Open(sample).Dispose();
        Print("read and decode", Median(sample => pictures.Open(sample).Dispose()));
        foreach (int level in (int[])[0, 1, 4, 10]) Print($"augment, level {level}", Median(Augmentation(kept, AugmentationRecipe.Birder(size, level))));
        Print("augment, none-paper", Median(Augmentation(kept, AugmentationRecipe.NonePaper(size))));
        BatchLoaderOptions options = new() { Seed = 1, BatchSize = batchSize, Augmentation = AugmentationRecipe.Birder(size) };
        Loader("loader, level 1", pictures, options with { CacheBytes = 0 });
        Loader("loader, level 1, pictures kept decoded", pictures, options);
    }

    private static Action<int> Augmentation(CachedPictures pictures, AugmentationRecipe recipe)
    {
        Augmenter augmenter = new(recipe);
        float[] planes = new float[recipe.Length];
        return sample =>
        {
            using RgbImage picture = pictures.Open(sample);
            RandomStream random = new(1, RandomPurpose.Augmentation, place: sample);
            augmenter.Apply(picture, ref random, planes);
        };
    }

    private static double Median(Action<int> work)
    {
        List<double> microseconds = [];
        for (int round = 0; round < Rounds; round++)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            for (int sample = 0; sample < Pictures; sample++) work(sample);
            microseconds.Add((Environment.CpuUsage.TotalTime - before).TotalMicroseconds / Pictures);
        }
        return microseconds.Order().ElementAt(Rounds / 2);
    }

    private static void Print(string what, double microseconds) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-40} {microseconds,8:F0} us a picture"));

    // One epoch to warm up and fill the cache, one to measure.
    private static void Loader(string what, IPictureSet pictures, BatchLoaderOptions options)
    {
        BatchLoader loader = new(pictures, options);
        TimeSpan before = default;
        long start = 0, allocated = 0;
        foreach (TrainingBatch batch in loader.Read())
        {
            batch.Dispose();
            if (batch.Epoch == 2) break;
            if (batch.Epoch < 1 || batch.Step > 0) continue;
            (before, start, allocated) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes());
        }
        double count = loader.BatchesPerEpoch * options.BatchSize, seconds = Stopwatch.GetElapsedTime(start).TotalSeconds, processor = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {what,-40} {count / seconds,8:F0} pictures/s on {options.Workers} workers; {count / processor:F0} per second of processor; {(GC.GetTotalAllocatedBytes() - allocated) / count:F0} bytes of garbage a picture"));
    }

    private static void MeasureOrder(int pictures)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        EpochOrder.Create(1, 0, [new SourceShare("all", 0, pictures, 1)]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"order of {pictures:N0} pictures: {(Environment.CpuUsage.TotalTime - before).TotalSeconds:F2} s"));
    }
}
