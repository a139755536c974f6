using System.Globalization;

namespace Fovea.Fuzz;

/// <summary>What became of the inputs of a run.</summary>
/// <param name="Target">The reader.</param>
/// <param name="Accepted">Inputs that were read as if nothing were wrong.</param>
/// <param name="Refused">Inputs that ended with the reader's own exception.</param>
/// <param name="LargestAllocation">The most bytes that one input made the reader allocate.</param>
/// <param name="Elapsed">Making the inputs included.</param>
/// <param name="Finding">What must not be, and how to repeat it; null when all is well.</param>
public sealed record FuzzResult(string Target, long Accepted, long Refused, long LargestAllocation, TimeSpan Elapsed, string? Finding)
{
    public long Inputs => Accepted + Refused;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Target,-12} {Inputs,12:N0} inputs {Inputs / Elapsed.TotalSeconds,8:N0}/s   accepted {Accepted,10:N0}   refused {Refused,10:N0}   largest allocation {LargestAllocation / 1e6,5:F1} MB");
}
