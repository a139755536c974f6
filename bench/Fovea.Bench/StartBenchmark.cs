using System.Diagnostics;
using System.Globalization;
using Fovea.Checkpoints;
using Fovea.Networks;
using Fovea.Tests.Graphs;

namespace Fovea.Bench;

/// <summary>
/// From the start of a process to its first embedding, and its peak of resident memory, with the flagship as a file: float32 and int8, without a
/// cache, with an empty one and with a filled one, beside libtorch. Each start is a process of its own; all take turns.
/// </summary>
internal static class StartBenchmark
{
    private const int Rounds = 5;

    private sealed record Start(string Name, string Program, string[] Arguments, string Cache, bool EmptiesCache = false, string Home = "")
    {
        public List<double> Milliseconds { get; } = [];

        public List<double> ProcessorMilliseconds { get; } = [];

        public List<double> PeakMegabytes { get; } = [];
    }

    /// <param name="libtorch">Fovea.Bench.Libtorch.dll, or null to leave it out.</param>
    /// <param name="native">The published Fovea.Bench.Aot, or null to leave it out.</param>
    public static int Run(string? libtorch, string? native)
    {
        string home = Directory.CreateTempSubdirectory("fovea-bench-").FullName;
        try
        {
            string model = Path.Combine(home, "vit_reg4_m16_rms_avg.safetensors");
            WriteModel(model);
            string exact = Export(model, Precision.Float32), small = Export(model, Precision.Int8);
            string self = Environment.ProcessPath!;
            List<Start> starts =
            [
                new("fp32, no cache", self, ["first", model, "Float32"], "0"),
                new("fp32, empty cache", self, ["first", model, "Float32"], "1", EmptiesCache: true),
                new("fp32, cached", self, ["first", model, "Float32"], "1"),
                new("int8, no cache", self, ["first", model, "Int8"], "0"),
                new("int8, empty cache", self, ["first", model, "Int8"], "1", EmptiesCache: true),
                new("int8, cached", self, ["first", model, "Int8"], "1"),
                new("fp32 .onnx, no cache", self, ["first", exact, "Float32"], "0"),
                new("fp32 .onnx, cached", self, ["first", exact, "Float32"], "1", Home: "exported"),
                new("int8 .onnx, no cache", self, ["first", small, "Int8"], "0"),
                new("int8 .onnx, cached", self, ["first", small, "Int8"], "1", Home: "exported"),
            ];
            if (native is not null)
            {
                starts.Add(new("fp32, cached, native", native, [model, "Float32"], "1", Home: "native"));
                starts.Add(new("int8, cached, native", native, [model, "Int8"], "1", Home: "native"));
                starts.Add(new("int8 .onnx, cached, native", native, [small, "Int8"], "1", Home: "native"));
            }
            if (libtorch is not null) starts.Add(new("libtorch fp32", "dotnet", [libtorch, model], "0"));
            for (int round = 0; round < Rounds; round++)
            {
                foreach (Start start in starts) Measure(start, home);
            }
            Start? rival = libtorch is null ? null : starts[^1];
            foreach (Start start in starts)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{start.Name,-27} {Middle(start.Milliseconds),6:F0} ms ({start.Milliseconds.Min():F0} to {start.Milliseconds.Max():F0}); processor {Middle(start.ProcessorMilliseconds):F0} ms; peak {Middle(start.PeakMegabytes):F0} MB{Beside(start, rival)}"));
            }
            return 0;
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private static void Measure(Start start, string home)
    {
        home = Path.Combine(home, start.Home);                                     // apart from a cache that others empty
        string cache = Path.Combine(home, "cache");
        if (start.EmptiesCache && Directory.Exists(cache)) Directory.Delete(cache, recursive: true);
        ProcessStartInfo info = new(start.Program, start.Arguments) { RedirectStandardOutput = true, Environment = { ["FOVEA_HOME"] = home, ["FOVEA_CACHE"] = start.Cache } };
        using Process process = Process.Start(info)!;
        string[] answer = process.StandardOutput.ReadToEnd().Split(' ');
        process.WaitForExit();
        double[] numbers = [.. answer.Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        start.Milliseconds.Add(numbers[0]);
        start.ProcessorMilliseconds.Add(numbers[1]);
        start.PeakMegabytes.Add(numbers[2]);
    }

    internal static void WriteModel(string path)
    {
        VitNetwork network = new(NamedNetworks.Get("vit_reg4_m16_rms_avg"), ImageSize.Square(224));
        using FileStream file = File.Create(path);
        SafetensorsWriter.Write(file, [.. FormulaWeights.Of(network).Select(pair => SafetensorsSource.Of(pair.Key, pair.Value))], new Dictionary<string, string>());
    }

    private static string Export(string model, Precision precision)
    {
        string path = Path.ChangeExtension(model, $".{precision}.onnx");
        using ModelExport export = ModelExport.Open(model, new EncoderOptions { Precision = precision });
        using FileStream file = File.Create(path);
        export.Write(file);
        return path;
    }

    private static string Beside(Start start, Start? rival) => rival is null ? "" : string.Create(CultureInfo.InvariantCulture, $"; {Middle([.. start.Milliseconds.Zip(rival.Milliseconds, (ours, theirs) => ours / theirs)]):F2} of {rival.Name}");

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
