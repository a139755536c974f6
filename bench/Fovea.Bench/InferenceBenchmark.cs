using System.Diagnostics;
using System.Globalization;
using Fovea.Checkpoints;
using Fovea.Graphs;
using Fovea.Inference;
using Fovea.Networks;
using Fovea.Tests.Graphs;
using Microsoft.ML.OnnxRuntime;

namespace Fovea.Bench;

/// <summary>
/// The flagship alone, weights by formula, pixels ready: pictures/s of float32 and int8 beside libtorch's, which runs in a process of its own and
/// waits while it is not its turn. All take turns; medians over the rounds are printed, and ratios of them. Beside the rate stands the rate per
/// second of processor time, times the cores: what a busy neighbour does not change, as long as nobody spins waiting for another thread.
/// </summary>
internal static class InferenceBenchmark
{
    private const int Rounds = 5;
    private const int PicturesPerRound = 16;
    private const double GigaflopPerPicture = 16.24;

    private sealed record Contender(string Name, Func<(double Rate, double OfProcessor)> Measure)
    {
        public List<(double Rate, double OfProcessor)> Results { get; } = [];

        public double Median => Middle(Results.Select(result => result.Rate));

        public double MedianOfProcessor => Middle(Results.Select(result => result.OfProcessor));

        private static double Middle(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);
    }

    /// <param name="libtorch">Fovea.Bench.Libtorch.dll, or null to leave it out.</param>
    public static int Run(string? libtorch)
    {
        VitNetwork network = new(NamedNetworks.Get("vit_reg4_m16_rms_avg"), ImageSize.Square(224));
        Dictionary<string, Weight> weights = FormulaWeights.Of(network);
        float[] image = FormulaWeights.Image(0);
        Int8Weights int8 = new(weights, ByteProducts.LargestWeight);
        using PrePackedWeightsContainer packed = new();
        NetworkSession Session(int threads, Int8Weights? bytes) => new(network, weights, [VitOutput.Embedding], threads, packed, bytes);
        using NetworkSession exact = Session(1, null), exactAll = Session(Environment.ProcessorCount, null), small = Session(1, int8), smallAll = Session(Environment.ProcessorCount, int8);
        List<Contender> contenders =
        [
            new("fp32, a caller per core", () => Rate(exact, image, Environment.ProcessorCount)),
            new("fp32, one caller, all cores", () => Rate(exactAll, image, 1)),
            new("int8, a caller per core", () => Rate(small, image, Environment.ProcessorCount)),
            new("int8, one caller, all cores", () => Rate(smallAll, image, 1)),
        ];
        using Process? rival = libtorch is null ? null : Start(libtorch);
        if (rival is not null)
        {
            Check(Ask(rival, "embedding 0"), exact.Run(image, 1)[0]);
            contenders.Add(new("libtorch fp32, one caller", () => Rates(Ask(rival, "fp32 1"))));
            contenders.Add(new("libtorch fp32, a caller per core", () => Rates(Ask(rival, $"fp32 {Environment.ProcessorCount}"))));
            contenders.Add(new("libtorch product, GFLOP/s", () => Rates(Ask(rival, "product"))));
            // Without the instruction bf16 runs eight times slower than fp32: no rival.
            if (File.Exists("/proc/cpuinfo") && File.ReadAllText("/proc/cpuinfo").Contains("avx512_bf16", StringComparison.Ordinal))
            {
                contenders.Add(new("libtorch bf16, one caller", () => Rates(Ask(rival, "bf16 1"))));
                contenders.Add(new("libtorch bf16, a caller per core", () => Rates(Ask(rival, $"bf16 {Environment.ProcessorCount}"))));
            }
        }
        for (int round = 0; round < Rounds; round++)
        {
            foreach (Contender contender in contenders) contender.Results.Add(contender.Measure());
        }
        Print(contenders);
        return 0;
    }

    private static (double Rate, double OfProcessor) Rate(NetworkSession session, float[] image, int callers)
    {
        int each = PicturesPerRound / callers;
        TimeSpan before = Environment.CpuUsage.TotalTime;
        Stopwatch watch = Stopwatch.StartNew();
        Thread[] threads = [.. Enumerable.Range(0, callers).Select(_ => new Thread(() =>
        {
            for (int picture = 0; picture < each; picture++) session.Run(image, 1);
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        TimeSpan processor = Environment.CpuUsage.TotalTime - before;
        return (callers * each / watch.Elapsed.TotalSeconds, callers * each * Environment.ProcessorCount / processor.TotalSeconds);
    }

    private static Process Start(string libtorch)
    {
        Process process = Process.Start(new ProcessStartInfo("dotnet", [libtorch]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        process.StandardInput.AutoFlush = true;
        return process;
    }

    private static string Ask(Process rival, string question)
    {
        rival.StandardInput.WriteLine(question);
        return rival.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{rival.StartInfo.ArgumentList[0]} ended at '{question}'.");
    }

    private static (double Rate, double OfProcessor) Rates(string answer)
    {
        string[] numbers = answer.Split(' ');
        return (Number(numbers[0]), Number(numbers[1]));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    // A rival that computes something else would be no rival.
    private static void Check(string answer, float[] ours)
    {
        double difference = answer.Split(' ').Zip(ours).Max(pair => Math.Abs(Number(pair.First) - pair.Second));
        if (difference > 1e-4) throw new InvalidOperationException($"libtorch's embedding differs by {difference}.");
    }

    private static void Print(List<Contender> contenders)
    {
        foreach (Contender contender in contenders)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{contender.Name,-34} {contender.Median,7:F2} ({contender.Results.Min(result => result.Rate):F2} to {contender.Results.Max(result => result.Rate):F2}); of processor time {contender.MedianOfProcessor:F2}"));
        }
        Print("fp32 / libtorch fp32", "fp32", "libtorch fp32");
        Print("fp32 GFLOP / libtorch product", "fp32", "libtorch product", GigaflopPerPicture);
        Print("int8 / libtorch fp32", "int8", "libtorch fp32");
        Print("int8 / libtorch bf16", "int8", "libtorch bf16");
        Print("int8 / fp32", "int8", "fp32");

        void Print(string name, string ours, string theirs, double factor = 1)
        {
            if (Of(theirs).Any()) Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-34} {factor * Of(ours).Max(one => one.Median) / Of(theirs).Max(one => one.Median),7:F2}; of processor time {factor * Of(ours).Max(one => one.MedianOfProcessor) / Of(theirs).Max(one => one.MedianOfProcessor):F2}"));
        }

        IEnumerable<Contender> Of(string start) => contenders.Where(contender => contender.Name.StartsWith(start, StringComparison.Ordinal));
    }
}
