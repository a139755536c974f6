using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Fovea.Images;

namespace Fovea.Bench;

/// <summary>Decodes every file of the zoo of odd pictures and holds it against the reference's record: pixels, time, peak memory.</summary>
internal static class OddImages
{
    private static readonly string[] Containers = ["jpeg", "png", "webp", "gif", "bmp", "ico", "cur"];

    private sealed record Outcome(string Name, string Container, string Kind, bool DecodesThere, string Result, long Milliseconds, long PeakMegabytes);

    public static int Run(string folder)
    {
        Dictionary<string, JsonNode> index = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "index.json")))!["files"]!.AsArray()
            .ToDictionary(file => (string)file!["name"]!, file => file!);
        List<Outcome> outcomes = [];
        using FileStream archive = File.OpenRead(Path.Combine(folder, "odd_images.tar"));
        using System.Formats.Tar.TarReader reader = new(archive);
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || !index.TryGetValue(entry.Name, out JsonNode? record)) continue;
            using MemoryStream bytes = new();
            entry.DataStream?.CopyTo(bytes);
            outcomes.Add(Try(entry.Name, bytes.ToArray(), record));
        }
        foreach (Outcome outcome in outcomes.OrderBy(outcome => outcome.Container).ThenBy(outcome => outcome.Name))
        {
            if (outcome.Result == "equal") continue;
            string there = outcome.DecodesThere ? "decodes" : "refused";
            Console.WriteLine($"{outcome.Container,-6} {there} there, {outcome.Name} ({outcome.Kind}): {outcome.Result}");
        }
        Summarise(outcomes);
        return 0;
    }

    private static void Summarise(List<Outcome> outcomes)
    {
        Console.WriteLine();
        foreach (string container in Containers)
        {
            List<Outcome> there = [.. outcomes.Where(outcome => outcome.Container == container && outcome.DecodesThere)];
            int decoded = there.Count(outcome => !outcome.Result.StartsWith("refused", StringComparison.Ordinal));
            Console.WriteLine($"{container,-6} {decoded} of {there.Count} that the reference decodes; {there.Count(outcome => outcome.Result == "equal")} with equal pixels");
        }
        List<Outcome> ours = [.. outcomes.Where(outcome => Containers.Contains(outcome.Container) && outcome.DecodesThere)];
        int all = ours.Count(outcome => !outcome.Result.StartsWith("refused", StringComparison.Ordinal));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"all    {all} of {ours.Count} ({100.0 * all / ours.Count:F1} %)"));
        Console.WriteLine($"slowest {outcomes.MaxBy(outcome => outcome.Milliseconds)}");
        Console.WriteLine($"largest {outcomes.MaxBy(outcome => outcome.PeakMegabytes)}");
    }

    private static Outcome Try(string name, byte[] bytes, JsonNode record)
    {
        JsonNode pillow = record["pillow"]!;
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);   // the last picture's pages go back
        ResetPeak();
        Stopwatch watch = Stopwatch.StartNew();
        string result;
        try
        {
            using RgbImage image = ImageDecoder.Decode(bytes, name, DecodeOptions.Default);
            result = Compare(image, pillow);
        }
        catch (ImageException refusal)
        {
            result = "refused: " + refusal.Message[(name.Length + 2)..];
        }
        return new(name, (string)record["container"]!, (string)record["kind"]!, (bool)pillow["decodes"]!, result, watch.ElapsedMilliseconds, PeakMegabytes());
    }

    private static string Compare(RgbImage image, JsonNode pillow)
    {
        if (pillow["size"] is not { } size || !(bool)pillow["decodes"]!) return $"decodes to {image.Size}";
        if ((int)size[0]! != image.Size.Width || (int)size[1]! != image.Size.Height) return $"size {image.Size} instead of {(int)size[1]!}x{(int)size[0]!}";
        if (pillow["rgb_note"] is not null || pillow["rgb_sha256"] is null) return "not comparable";
        if (Sha256(image) == (string)pillow["rgb_sha256"]!) return "equal";
        double[] mean = Mean(image);
        double difference = mean.Select((value, channel) => Math.Abs(value - (double)pillow["rgb_mean"]![channel]!)).Max();
        return string.Create(CultureInfo.InvariantCulture, $"means differ by {difference:F3} ({(string)pillow["mode"]!})");
    }

    private static string Sha256(RgbImage image)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] rgb = new byte[3 * image.Size.Width];
        for (int row = 0; row < image.Size.Height; row++)
        {
            ReadOnlySpan<byte> pixels = image.Row(row);
            for (int column = 0; column < image.Size.Width; column++) pixels.Slice(4 * column, 3).CopyTo(rgb.AsSpan(3 * column));
            hash.AppendData(rgb);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static double[] Mean(RgbImage image)
    {
        long[] sums = new long[3];
        ReadOnlySpan<byte> pixels = image.Pixels;
        for (int index = 0; index < pixels.Length; index++)
        {
            if (index % 4 < 3) sums[index % 4] += pixels[index];
        }
        double count = (double)image.Size.Width * image.Size.Height;
        return [.. sums.Select(sum => sum / count)];
    }

    // Linux: writing 5 sets the peak back to what is resident now.
    private static void ResetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    private static long PeakMegabytes()
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal));
        string kibibytes = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1];
        return long.Parse(kibibytes, CultureInfo.InvariantCulture) * 1024 / 1_000_000;
    }
}
