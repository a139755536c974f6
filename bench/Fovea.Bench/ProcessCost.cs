using System.Diagnostics;
using System.Globalization;

namespace Fovea.Bench;

/// <summary>What this process has cost until now.</summary>
internal static class ProcessCost
{
    /// <summary>Milliseconds since it was started, milliseconds of processor time, peak of resident megabytes.</summary>
    public static string Line()
    {
        DateTime now = DateTime.Now;
        string peak = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal));
        double megabytes = double.Parse(peak.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
        using Process self = Process.GetCurrentProcess();
        return string.Create(CultureInfo.InvariantCulture, $"{(now - self.StartTime).TotalMilliseconds:F0} {Environment.CpuUsage.TotalTime.TotalMilliseconds:F0} {megabytes:F0}");
    }
}
