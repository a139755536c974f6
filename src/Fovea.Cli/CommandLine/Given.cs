namespace Fovea.Cli.CommandLine;

/// <summary>Where values of the command line meet the library: what it refuses there is the command line's fault. Everywhere else the same exception is ours.</summary>
internal static class Given
{
    /// <exception cref="ToolException">The library refuses what was given, with the library's sentence.</exception>
    public static T Use<T>(Func<T> use)
    {
        try
        {
            return use();
        }
        catch (Exception mistake) when (IsRefusal(mistake))
        {
            throw Refused(mistake);
        }
    }

    /// <inheritdoc cref="Use"/>
    public static async Task<T> UseAsync<T>(Func<Task<T>> use)
    {
        try
        {
            return await use();
        }
        catch (Exception mistake) when (IsRefusal(mistake))
        {
            throw Refused(mistake);
        }
    }

    /// <summary>What an exception says, without the name of a method's parameter, which nobody outside of the code knows.</summary>
    public static string Words(Exception failure) =>
        failure is ArgumentException { ParamName: { } name } ? failure.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : failure.Message;

    // The library refuses values by exactly these; ArgumentNullException and its like are a programmer's.
    private static bool IsRefusal(Exception mistake) => mistake.GetType() == typeof(ArgumentException) || mistake is FormatException;

    private static ToolException Refused(Exception mistake) => new(Words(mistake), ExitCode.WrongUsage, mistake);
}
