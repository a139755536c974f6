using System.Globalization;

namespace Fovea.Bench;

/// <summary>What the process holds at one moment. Linux: from /proc.</summary>
/// <param name="Embeddings">Computed so far.</param>
/// <param name="Resident">Bytes in memory, mapped files included.</param>
/// <param name="Managed">Bytes of live objects, after a collection.</param>
/// <param name="Handles">Open files, pipes and sockets.</param>
/// <param name="Mappings">Model files in the address space: one that is never unmapped shows here.</param>
/// <param name="Threads">All of the process, native ones too.</param>
internal sealed record SoakSample(long Embeddings, long Resident, long Managed, int Handles, int Mappings, int Threads)
{
    public const string Header = "| embeddings | resident MB | managed MB | handles | mapped models | threads |\n|---|---|---|---|---|---|";

    public static SoakSample Take(long embeddings)
    {
        // Twice, so that what finalizers let go goes too; aggressive, or garbage of up to 200 MB counts as resident, now more, now less.
        for (int pass = 0; pass < 2; pass++)
        {
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        return new(
            embeddings,
            Status("VmRSS") * 1024,
            GC.GetTotalMemory(forceFullCollection: false),
            Directory.GetFileSystemEntries("/proc/self/fd").Length,
            File.ReadLines("/proc/self/maps").Count(line => line.EndsWith(".pt", StringComparison.Ordinal) || line.EndsWith(".safetensors", StringComparison.Ordinal)),
            (int)Status("Threads"));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Embeddings:N0} | {Resident / 1e6:F1} | {Managed / 1e6:F1} | {Handles} | {Mappings} | {Threads} |");

    private static long Status(string field)
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
