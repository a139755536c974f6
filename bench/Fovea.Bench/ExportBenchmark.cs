using System.Globalization;
using Fovea.Checkpoints;
using Fovea.Graphs;
using Fovea.Networks;
using Fovea.Tests.Graphs;
using Microsoft.ML.OnnxRuntime;

namespace Fovea.Bench;

/// <summary>
/// What it costs another program that an exported file gives more than the embedding: the flagship with a head of 1,000 classes, one thread, only the
/// embedding fetched, against a graph that has nothing else. Both take turns; medians of processor time are printed.
/// </summary>
internal static class ExportBenchmark
{
    private const int Rounds = 40;

    public static int Run()
    {
        VitNetwork network = new(NamedNetworks.Get("vit_reg4_m16_rms_avg"), ImageSize.Square(224), classes: 1000);
        string folder = Directory.CreateTempSubdirectory("fovea-bench-").FullName;
        try
        {
            string source = Path.Combine(folder, "vit_reg4_m16_rms_avg.safetensors");
            using (FileStream file = File.Create(source))
            {
                SafetensorsWriter.Write(file, [.. FormulaWeights.Of(network).Select(pair => SafetensorsSource.Of(pair.Key, pair.Value))], new Dictionary<string, string>());
            }
            foreach (Precision precision in Enum.GetValues<Precision>()) Compare(source, precision, folder);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Compare(string source, Precision precision, string folder)
    {
        string all = Path.Combine(folder, "all.onnx"), alone = Path.Combine(folder, "alone.onnx");
        using (ModelFile model = ModelFile.Open(source))
        {
            using (FileStream file = File.Create(all)) ExportedGraph.Of(model, precision).Write(file);
            Int8Weights? int8 = precision == Precision.Int8 ? Int8Weights.Of(model, ByteProducts.PortableLargestWeight) : null;
            using (FileStream file = File.Create(alone)) VitGraph.Write(model.Network, model.Weights, [VitOutput.Embedding], int8).WriteWhole(file);
        }
        using SessionOptions options = new() { IntraOpNumThreads = 1 };
        using InferenceSession allSession = new(all, options), aloneSession = new(alone, options);
        using OrtValue image = OrtValue.CreateTensorValueFromMemory(FormulaWeights.Image(0), [1, 3, 224, 224]);
        List<double> allTimes = [], aloneTimes = [];
        for (int round = 0; round <= Rounds; round++)
        {
            (double first, double second) = (Time(allSession, image), Time(aloneSession, image));
            if (round == 0) continue;
            allTimes.Add(first);
            aloneTimes.Add(second);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{precision}: {new FileInfo(all).Length / 1e6:F1} MB; embedding alone {Middle(aloneTimes):F1} ms, with all outputs {Middle(allTimes):F1} ms: {Middle(allTimes) / Middle(aloneTimes):F3}"));
    }

    private static double Time(InferenceSession session, OrtValue image)
    {
        double before = Environment.CpuUsage.TotalTime.TotalMilliseconds;
        using RunOptions options = new();
        session.Run(options, [VitGraph.ImageInput], [image], [VitOutput.Embedding.Name]).Dispose();
        return Environment.CpuUsage.TotalTime.TotalMilliseconds - before;
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
