using System.Diagnostics;
using System.Globalization;

namespace Fovea.Bench;

/// <summary>What the report of `fovea inspect` costs beside `fovea embed` of the same pictures, with the flagship, each in a process of its own; they take turns.</summary>
internal static class InspectBenchmark
{
    private const int Rounds = 5;

    // What it may cost: so many times the embeddings, and so many seconds more.
    private const double Factor = 2.5, Seconds = 3;

    /// <param name="tool">Fovea.Cli.dll.</param>
    /// <param name="pictures">A folder of pictures.</param>
    public static int Run(string tool, string pictures)
    {
        string home = Directory.CreateTempSubdirectory("fovea-bench-").FullName;
        try
        {
            string model = Path.Combine(home, "vit_reg4_m16_rms_avg.safetensors");
            StartBenchmark.WriteModel(model);
            List<double> embed = [], inspect = [];
            Time(tool, home, ["embed", pictures, "-m", model, "-o", Path.Combine(home, "e.npy"), "--quiet"]);          // fills the cache
            Time(tool, home, ["inspect", pictures, "-m", model, "-o", Path.Combine(home, "r.html"), "--quiet"]);
            for (int round = 0; round < Rounds; round++)
            {
                embed.Add(Time(tool, home, ["embed", pictures, "-m", model, "-o", Path.Combine(home, "e.npy"), "--quiet"]));
                inspect.Add(Time(tool, home, ["inspect", pictures, "-m", model, "-o", Path.Combine(home, "r.html"), "--quiet"]));
            }
            double one = Middle(embed), other = Middle(inspect);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"embed    {one:F2} s ({embed.Min():F2} to {embed.Max():F2})"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"inspect  {other:F2} s ({inspect.Min():F2} to {inspect.Max():F2}); may cost {Factor * one + Seconds:F2} s"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"report   {new FileInfo(Path.Combine(home, "r.html")).Length / 1e6:F1} MB"));
            return other <= Factor * one + Seconds ? 0 : 1;
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private static double Time(string tool, string home, string[] arguments)
    {
        long started = Stopwatch.GetTimestamp();
        ProcessStartInfo info = new("dotnet", [tool, .. arguments]) { RedirectStandardOutput = true, Environment = { ["FOVEA_HOME"] = home, ["FOVEA_CACHE"] = "1" } };
        using Process process = Process.Start(info)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{arguments[0]} ended with {process.ExitCode}.");
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
