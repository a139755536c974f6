using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Fovea.Cli.CommandLine;
using Fovea.Networks;

namespace Fovea.Cli.Runs.Bench;

/// <summary>What this machine makes of a model: pictures a second, memory, and how near its products come to the processor's best.</summary>
/// <param name="model">The model's file.</param>
/// <param name="options">Size and threads.</param>
/// <param name="pictures">Encoded pictures to decode.</param>
/// <param name="roundTime">How long each measurement works in each round; null: 0.8 s.</param>
internal sealed class MachineBench(string model, EncoderOptions options, IReadOnlyList<ReadOnlyMemory<byte>> pictures, TimeSpan? roundTime = null)
{
    private const int Rounds = 5, MostRepeats = 10_000;

    /// <summary>Measures for about half a minute.</summary>
    /// <param name="say">Takes what is done, a line each.</param>
    /// <param name="cancellation">Looked at between rounds.</param>
    public async Task<JsonObject> RunAsync(Action<string> say, CancellationToken cancellation)
    {
        int cores = options.Threads ?? Environment.ProcessorCount;
        say("loading the model in fp32 and in int8");
        using ImageEncoder fp32 = await ImageEncoder.LoadAsync(model, options with { Precision = Precision.Float32 }, cancellation);
        ImageTensor picture = fp32.Transform.Apply(pictures[0].Span, "picture");
        fp32.EmbedOnOneThread(picture);
        double resident = Environment.WorkingSet / 1e6;
        using ImageEncoder int8 = await ImageEncoder.LoadAsync(model, options with { Precision = Precision.Int8 }, cancellation);
        using MatrixProduct product = new(cores);
        int next = 0;
        Measurement peak = new("matrix product 2048 x 2048, fp32", "GFLOP/s", time => Measurement.Rate(1, product.Run)(time) * MatrixProduct.Operations / 1e9);
        Measurement fp32Rate = new("network, fp32", "pictures/s", Measurement.Rate(cores, () => fp32.EmbedOnOneThread(picture)));
        Measurement int8Rate = new("network, int8", "pictures/s", Measurement.Rate(cores, () => int8.EmbedOnOneThread(picture)));
        Measurement fp32Single = new("one picture at a time, fp32", "ms", time => 1000 / Measurement.Rate(1, () => fp32.Embed(picture))(time));
        Measurement int8Single = new("one picture at a time, int8", "ms", time => 1000 / Measurement.Rate(1, () => int8.Embed(picture))(time));
        Measurement pixels = new("decoding and resizing", "pictures/s", Measurement.Rate(cores, () => fp32.Transform.Apply(pictures[(int)((uint)Interlocked.Increment(ref next) % pictures.Count)].Span, "picture")));
        Measurement pipeline = new("pictures to embeddings, int8", "pictures/s", time => EmbedFor(time, int8));
        Measurement[] all = [peak, fp32Rate, int8Rate, fp32Single, int8Single, pixels, pipeline];
        foreach (Measurement one in all) one.Round(TimeSpan.FromMilliseconds(1));                    // sessions are made at first use
        for (int round = 1; round <= Rounds; round++)
        {
            say(string.Create(CultureInfo.InvariantCulture, $"round {round} of {Rounds}"));
            foreach (Measurement one in all)
            {
                cancellation.ThrowIfCancellationRequested();
                one.Run(roundTime ?? TimeSpan.FromSeconds(0.8));
            }
        }
        double share = fp32Rate.Median * NetworkCost.Operations(fp32.Description.ToNetwork()) / 1e9 / peak.Median;
        JsonObject figures = new(all.Select(one => KeyValuePair.Create($"{one.Name}, {one.Unit}", (JsonNode?)Math.Round(one.Median, 3))))
        {
            ["fp32, share of the matrix product"] = Math.Round(share, 3),
            // What is left of both when the same cores do both: a pipeline that loses nothing reaches 1.
            ["pictures to embeddings, share of 1 / (1 / network + 1 / decoding)"] = Math.Round(pipeline.Median * (1 / int8Rate.Median + 1 / pixels.Median), 3),
            ["int8 / fp32"] = Math.Round(int8Rate.Median / fp32Rate.Median, 3),
            ["memory with the fp32 model ready, MB"] = Math.Round(resident),
            ["cores used"] = cores,
        };
        return figures;
    }

    private double EmbedFor(TimeSpan time, ImageEncoder encoder)
    {
        ImageSource few = ImageSource.All(pictures.Select((picture, index) => ImageSource.Bytes(picture, $"picture {index}"))), many = ImageSource.All(Enumerable.Repeat(few, MostRepeats));
        Stopwatch clock = Stopwatch.StartNew();
        TimeSpan last = default;
        int done = encoder.EmbedAsync(many).ToBlockingEnumerable().Select(_ => last = clock.Elapsed).TakeWhile(elapsed => elapsed < time).Count() + 1;
        return done / last.TotalSeconds;
    }

    /// <summary>The table for people.</summary>
    public static void Print(ToolConsole console, JsonObject figures)
    {
        using StreamWriter text = console.OpenText();
        int width = figures.Max(figure => figure.Key.Length);
        foreach ((string name, JsonNode? value) in figures) text.WriteLine($"{name.PadRight(width)}  {value!.ToJsonString()}");
    }
}
