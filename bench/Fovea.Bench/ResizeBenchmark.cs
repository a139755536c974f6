using System.Diagnostics;
using System.Globalization;
using Fovea.Images;

namespace Fovea.Bench;

/// <summary>Bicubic 500 x 375 to 224 x 224 on one thread: each path of ours, and Pillow's beside it where it is installed, in turns.</summary>
internal static class ResizeBenchmark
{
    private const int Rounds = 9, Repeats = 60, Width = 500, Height = 375, Side = 224;

    // Prints "PIL version" once, then for every line it reads the milliseconds of one resize.
    private const string PillowProgram = """
        import sys, time, PIL
        from PIL import Image
        w, h, side, repeats = map(int, sys.argv[1:5])
        image = Image.frombytes('RGB', (w, h), bytes((i * 7919 >> 5) & 255 for i in range(w * h * 3)))
        print(PIL.__version__, flush=True)
        for line in sys.stdin:
            start = time.perf_counter()
            for _ in range(repeats): image.resize((side, side), Image.BICUBIC)
            print((time.perf_counter() - start) / repeats * 1000, flush=True)
        """;

    public static int Run()
    {
        using RgbImage source = new(new ImageSize(Height, Width));
        for (int index = 0; index < source.Pixels.Length; index++) source.Pixels[index] = (byte)(index * 7919 >> 5);
        using RgbImage target = new(ImageSize.Square(Side));
        using Process? pillow = StartPillow(out string version);

        Dictionary<string, List<double>> times = [];
        for (int round = 0; round <= Rounds; round++)                          // the first warms up
        {
            foreach (ResamplePath path in ResamplePaths.Available)
            {
                Record(times, path.ToString(), round, Time(() => Resampler.Resize(source.Window, target, ResampleFilter.Bicubic, path)));
            }
            if (pillow is null) continue;
            pillow.StandardInput.WriteLine();
            pillow.StandardInput.Flush();
            Record(times, version, round, double.Parse(pillow.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture));
        }
        Print(times, version);
        return 0;
    }

    private static void Print(Dictionary<string, List<double>> times, string pillow)
    {
        Console.WriteLine($"bicubic {Width} x {Height} to {Side} x {Side}, one thread, medians of {Rounds} interleaved rounds of {Repeats}");
        foreach ((string name, List<double> measured) in times)
        {
            string ratio = times.TryGetValue(pillow, out List<double>? reference) ? string.Create(CultureInfo.InvariantCulture, $"{Median(reference) / Median(measured),6:F2} x Pillow") : "";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-14} {Median(measured),7:F3} ms (least {measured.Min():F3})  {ratio}"));
        }
        if (!times.ContainsKey(pillow)) Console.WriteLine("Pillow was not measured: /usr/bin/python3 has no PIL (Debian: apt install python3-pil)");
    }

    private static void Record(Dictionary<string, List<double>> times, string name, int round, double milliseconds)
    {
        if (round == 0) times[name] = [];
        else times[name].Add(milliseconds);
    }

    private static double Time(Action resize)
    {
        long start = Stopwatch.GetTimestamp();
        for (int repeat = 0; repeat < Repeats; repeat++) resize();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / Repeats;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static Process? StartPillow(out string version)
    {
        version = "Pillow";
        if (!File.Exists("/usr/bin/python3")) return null;
        ProcessStartInfo start = new("/usr/bin/python3") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (object argument in (object[])["-c", PillowProgram, Width, Height, Side, Repeats]) start.ArgumentList.Add(string.Create(CultureInfo.InvariantCulture, $"{argument}"));
        Process pillow = Process.Start(start)!;
        if (pillow.StandardOutput.ReadLine() is { } line)
        {
            version = $"Pillow {line}";
            return pillow;
        }
        pillow.Dispose();
        return null;
    }
}
