using System.Diagnostics;
using System.Globalization;

namespace Fovea.Bench;

/// <summary>
/// One process for hours of a service's life: two models, bulk runs that are cancelled or left early, single callers side by side, pictures
/// that are none, encoders that are disposed and loaded again. What the process holds must not grow.
/// </summary>
internal sealed class Soak : IDisposable
{
    private const int SampleEvery = 5000, Callers = 8, CallsEach = 8, Repeats = 2, Fewest = 100_000;

    // Median of the second half against that of the first: single samples meet pools of buffers and threads full or empty.
    // A leak of 100 bytes an embedding, or of a session, mapping or handle at each reload, exceeds these in 200,000 embeddings.
    private const double MegabytesMore = 10, ManagedMegabytesMore = 2, HandlesMore = 1, MappingsMore = 0, ThreadsMore = 3;

    private readonly SoakPictures _pictures;
    private readonly string[] _models;
    private readonly ImageEncoder[] _encoders;
    private readonly Random _random = new(1);
    private long _embeddings, _skipped, _cancelled, _left, _reloads;

    private Soak(string goldens)
    {
        _pictures = new SoakPictures(goldens);
        string folder = Path.Combine(goldens, "vit_tiny");
        _models = [Path.Combine(folder, "vit_reg4_m16_rms_avg_emb_5.pt"), Path.Combine(folder, "vit_reg4_m16_rms_avg_seven_5.safetensors")];
        _encoders = [.. _models.Select(model => ImageEncoder.Load(model))];
    }

    public static int Run(string goldens, long embeddings)
    {
        if (embeddings < Fewest)
        {
            Console.Error.WriteLine($"{embeddings} embeddings only fill the pools; ask for at least {Fewest}.");
            return 2;
        }
        using Soak soak = new(goldens);
        return soak.Run(embeddings);
    }

    public void Dispose()
    {
        foreach (ImageEncoder encoder in _encoders) encoder.Dispose();
        _pictures.Dispose();
    }

    private int Run(long embeddings)
    {
        Stopwatch watch = Stopwatch.StartNew();
        List<SoakSample> samples = [];
        Console.WriteLine(SoakSample.Header);
        while (_embeddings < embeddings)
        {
            Step().GetAwaiter().GetResult();
            if (_embeddings < (samples.Count + 1L) * SampleEvery) continue;
            samples.Add(SoakSample.Take(_embeddings));
            Console.WriteLine(samples[^1]);
        }
        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_embeddings:N0} embeddings in {watch.Elapsed.TotalSeconds:N0} s; {_skipped:N0} bad pictures, {_cancelled:N0} runs cancelled, {_left:N0} left early, {_reloads:N0} encoders loaded again"));
        return Judge(samples);
    }

    private async Task Step()
    {
        int model = _random.Next(_encoders.Length);
        switch (_random.Next(8))
        {
            case 0: Reload(model); break;
            case 1: await Cancelled(_encoders[model]); break;
            case 2: await LeftEarly(_encoders[model]); break;
            case 3 or 4: Single(_encoders[model]); break;
            default: await Task.WhenAll(_encoders.Select(Whole)); break;
        }
    }

    private void Reload(int model)
    {
        _encoders[model].Dispose();
        _encoders[model] = ImageEncoder.Load(_models[model]);
        _reloads++;
    }

    private async Task Whole(ImageEncoder encoder)
    {
        await foreach (ImageEmbedding embedding in encoder.EmbedAsync(Source(), Skip)) Count(embedding.Values.Length);
    }

    private async Task Cancelled(ImageEncoder encoder)
    {
        using CancellationTokenSource stop = new();
        int last = _random.Next(60);
        try
        {
            await foreach (ImageEmbedding embedding in encoder.EmbedAsync(Source(), Skip, stop.Token))
            {
                Count(embedding.Values.Length);
                if (last-- == 0) await stop.CancelAsync();
            }
        }
        catch (OperationCanceledException)
        {
            _cancelled++;
        }
    }

    private async Task LeftEarly(ImageEncoder encoder)
    {
        int last = _random.Next(60);
        await foreach (ImageEmbedding embedding in encoder.EmbedAsync(Source(), Skip))
        {
            Count(embedding.Values.Length);
            if (last-- > 0) continue;
            _left++;
            return;
        }
    }

    // On threads of their own, not the pool's: the shared pool of buffers keeps a few megabytes for each thread that lives, so that the
    // thread pool's changing size would hide or feign growth.
    private void Single(ImageEncoder encoder)
    {
        int first = _random.Next(_pictures.Files.Count);
        Thread[] callers = [.. Enumerable.Range(0, Callers).Select(caller => new Thread(() => Call(encoder, first + caller * CallsEach)))];
        foreach (Thread caller in callers) caller.Start();
        foreach (Thread caller in callers) caller.Join();
    }

    private void Call(ImageEncoder encoder, int first)
    {
        for (int call = first; call < first + CallsEach; call++)
        {
            try
            {
                Count(encoder.Embed(_pictures.Files[call % _pictures.Files.Count]).Length);
            }
            catch (ImageException)
            {
                Interlocked.Increment(ref _skipped);
            }
        }
    }

    private ImageSource Source() => ImageSource.All(Enumerable.Repeat(ImageSource.Folder(_pictures.Folder), Repeats));

    private void Skip(SkippedImage picture) => Interlocked.Increment(ref _skipped);

    private void Count(int width)
    {
        if (width != _encoders[0].Width) throw new InvalidOperationException($"an embedding of {width} numbers");
        Interlocked.Increment(ref _embeddings);
    }

    private static int Judge(List<SoakSample> samples)
    {
        int half = samples.Count / 2;
        bool isFlat = true;
        Compare("resident MB", sample => sample.Resident / 1e6, MegabytesMore);
        Compare("managed MB", sample => sample.Managed / 1e6, ManagedMegabytesMore);
        Compare("handles", sample => sample.Handles, HandlesMore);
        Compare("mappings", sample => sample.Mappings, MappingsMore);
        Compare("threads", sample => sample.Threads, ThreadsMore);
        return isFlat ? 0 : 1;

        void Compare(string what, Func<SoakSample, double> value, double allowed)
        {
            double more = Median(samples.Skip(half).Select(value)) - Median(samples.Take(half).Select(value));
            isFlat &= more <= allowed;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: median of the second half {more:+0.0;-0.0;+0} against the first, allowed {allowed:+0;-0;0}: {(more <= allowed ? "flat" : "GROWS")}"));
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return ordered[ordered.Length / 2];
    }
}
