using System.Collections.Immutable;

namespace Fovea.Images;

/// <summary>A member's name as WebDataset reads it: the key up to the first dot of the last component, the field behind it in lower case.</summary>
/// <param name="Full">The whole name without a leading `./` or `/`.</param>
/// <param name="Key">What the members of one sample have in common; folders in front belong to it.</param>
/// <param name="Field">What the member is to the sample: `jpg`, `cls`, `seg.png`.</param>
internal readonly record struct MemberName(string Full, string Key, string Field)
{
    /// <summary>Fields that are a sample's picture; where there are more, the first one is it.</summary>
    public static ImmutableArray<string> PictureFields { get; } = ["jpeg", "jpg", "png", "webp"];

    /// <summary>The class index as decimal text.</summary>
    public bool IsLabel => Field == "cls";

    /// <summary>A picture, whatever its key: a sample's or a plain file.</summary>
    public bool IsPicture => NameRules.IsPicture(Full);

    /// <summary>Splits a name; null for hidden files and for WebDataset's own `__notes__`.</summary>
    public static MemberName? Parse(string name)
    {
        while (name.StartsWith("./", StringComparison.Ordinal)) name = name[2..];
        name = name.TrimStart('/');
        int last = name.LastIndexOf('/') + 1, dot = name.IndexOf('.', last);
        if (dot == last || (name.StartsWith("__", StringComparison.Ordinal) && name.EndsWith("__", StringComparison.Ordinal))) return null;
        return dot < 0 ? new(name, name, "") : new(name, name[..dot], name[(dot + 1)..].ToLowerInvariant());
    }
}
