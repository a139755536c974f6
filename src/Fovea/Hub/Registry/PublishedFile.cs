namespace Fovea.Hub;

/// <summary>One published file of weights: where it is, how large it is said to be, and its hash.</summary>
/// <param name="Model">The registry name of the model.</param>
/// <param name="Format">The container, which is also the extension: `pt`.</param>
/// <param name="Address">Where it is published; a mirror has it under the same path.</param>
/// <param name="Mebibytes">Its size in units of 2^20 bytes, to one decimal: the registry tells no more.</param>
/// <param name="Sha256">Of the whole file, 64 lower-case hexadecimal digits.</param>
internal sealed record PublishedFile(string Model, string Format, Uri Address, double Mebibytes, string Sha256)
{
    private const double Mebibyte = 1 << 20;

    // One decimal, whichever way it was rounded.
    private const double Rounding = 0.1;

    /// <summary>Its name here and in any mirror.</summary>
    public string Name => $"{Model}.{Format}";

    /// <summary>Fewer bytes than this are not the whole file.</summary>
    public long SmallestLength => (long)((Mebibytes - Rounding) * Mebibyte);

    /// <summary>More bytes than this are another file.</summary>
    public long LargestLength => (long)((Mebibytes + Rounding) * Mebibyte);
}
