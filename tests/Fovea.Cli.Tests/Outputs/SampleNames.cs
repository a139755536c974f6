namespace Fovea.Cli.Tests.Outputs;

/// <summary>Names of pictures that a careless writer would break.</summary>
internal static class SampleNames
{
    public static readonly string[] Awkward =
    [
        "photo.jpg",
        "",
        "a \"quoted\" 'name'.jpg",
        "tab\there, comma; <b>&amp;</b>.png",
        "line\nbreak.jpg",
        "carriage\rreturn\r\n.jpg",
        "back\\slash\\n.jpg",
        "\\",
        "bell\u0007.jpg",
        "Grüße/写真/Καλημέρα.jpg",
        "combining e\u0301.jpg",
        "separator\u2028\u2029\u0085.jpg",
        "full width ！.jpg",
        "😀/👩‍👩‍👧.jpg",
        "\uE000private use.jpg",
        "shards.tar/000017",
    ];
}
