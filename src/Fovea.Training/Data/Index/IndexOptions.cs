namespace Fovea.Training.Data;

/// <summary>How sources become an index, and what of them is kept where.</summary>
internal sealed record IndexOptions
{
    /// <summary>Whether pictures in folders are labelled by the folder right below their source. Default false: they have no labels.</summary>
    public bool LabelsFolders { get; init; }

    /// <summary>The classes that folders may have, in the order of their labels; null: those that there are, in ordinal order.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Bytes of encoded pictures of compressed archives that are held in memory; when they are more, these archives are unpacked below FOVEA_HOME. Default 1 GB.</summary>
    public long MostCompressedInMemory { get; init; } = 1_000_000_000;

    /// <summary>The value of a variable (FOVEA_HOME, FOVEA_CACHE), or null.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;
}
