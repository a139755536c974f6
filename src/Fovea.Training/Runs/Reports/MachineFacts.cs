using System.Globalization;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Fovea.Training.Runs.Reports;

/// <summary>What figures of time depend on: the machine and the versions of the programs. No name of a machine or of a person is among them.</summary>
internal static class MachineFacts
{
    private const string ProcessorFile = "/proc/cpuinfo";

    /// <summary>Reads them.</summary>
    /// <param name="device">What computes; null: the processor.</param>
    public static IReadOnlyList<ReportField> Read(string? device = null) =>
    [
        new("processor", Processor()),
        new("cores", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)),
        new("memory", string.Create(CultureInfo.InvariantCulture, $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30):F1} GiB")),
        .. device is null ? [] : new[] { new ReportField("device", device) },
        new("torch threads", torch.get_num_threads().ToString(CultureInfo.InvariantCulture)),
        new("system", RuntimeInformation.OSDescription),
        new(".NET", Environment.Version.ToString()),
        new("libtorch", torch.__version__),
        new("Fovea", typeof(ImageEncoder).Assembly.GetName().Version!.ToString(fieldCount: 3)),
    ];

    private static string Processor()
    {
        try
        {
            string? line = File.Exists(ProcessorFile) ? File.ReadLines(ProcessorFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
            return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
        }
        catch (IOException)
        {
            return RuntimeInformation.ProcessArchitecture.ToString();          // some containers hide it
        }
    }
}
