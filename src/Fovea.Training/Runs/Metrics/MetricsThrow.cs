namespace Fovea.Training.Runs.Metrics;

/// <summary>Why a file of metrics cannot be used, one sentence each.</summary>
internal static class MetricsThrow
{
    public static RunException NoLine(string path, long line, string reason) =>
        new($"{path}: line {line} is no line of metrics ({reason}); delete that line, or move the file away and resume without its history.");

    public static RunException NotRead(string path, Exception cause) =>
        new($"{path} cannot be read: {cause.Message.TrimEnd('.')}; name the folder of a run, and see that you may read it.", cause);
}
