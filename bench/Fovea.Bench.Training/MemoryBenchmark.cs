using System.Globalization;

namespace Fovea.Bench.Training;

/// <summary>What a process holds over many steps: it must not grow.</summary>
internal static class MemoryBenchmark
{
    private const int Readings = 10;

    public static int Run(Workload workload, int steps)
    {
        foreach (string contender in (string[])["fp32", "bf16"])
        {
            using Worker worker = new(contender, workload, Environment.ProcessorCount);
            double[] megabytes = [.. Enumerable.Range(0, Readings).Select(_ => worker.Measure(steps / Readings).ResidentMegabytes)];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{workload.Name}, {contender}: {string.Join(", ", megabytes.Select(one => one.ToString("F0", CultureInfo.InvariantCulture)))} MB after each {steps / Readings} steps"));
        }
        return 0;
    }
}
