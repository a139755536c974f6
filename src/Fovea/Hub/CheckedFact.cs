namespace Fovea.Hub;

/// <summary>One thing that was compared between a file and what is known of it.</summary>
/// <param name="Name">What was compared: `sha256`, `keys`, ...</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Text">What was found, and what was expected where that differs.</param>
internal sealed record CheckedFact(string Name, CheckOutcome Outcome, string Text)
{
    public static CheckedFact Of(string name, bool agrees, string text) => new(name, agrees ? CheckOutcome.Agrees : CheckOutcome.Differs, text);

    /// <summary>The fact that two values are equal, or both of them.</summary>
    public static CheckedFact Equal<T>(string name, T found, T expected, Func<T, string> write) =>
        EqualityComparer<T>.Default.Equals(found, expected)
            ? new(name, CheckOutcome.Agrees, write(found))
            : new(name, CheckOutcome.Differs, $"{write(found)} instead of {write(expected)}");
}

/// <summary>How a comparison ended.</summary>
internal enum CheckOutcome
{
    Agrees,
    Differs,

    /// <summary>Nothing to compare with: a person judges.</summary>
    Noted,
}
