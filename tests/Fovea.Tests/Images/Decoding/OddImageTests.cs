using System.Text.Json.Nodes;
using Fovea.Images;

namespace Fovea.Tests.Images;

/// <summary>A thousand odd files from the test suites of decoders: each gives pixels or one sentence; docs/pictures.md explains the exceptions.</summary>
[Trait("Category", "Data")]
public class OddImageTests
{
    private static readonly string[] Containers = ["jpeg", "png", "webp", "gif", "bmp", "ico", "cur"];

    // Lossless and valid, yet other pixels than the reference's: docs/pictures.md, "Where pixels differ".
    private static readonly string[] KnownDifferences =
    [
        "image-rs/bmp/images/V5_A1_R5_G5_B5.bmp", "pillow/bmp/g/rgb16.bmp",                                      // 5 bits to 8: rounded, the reference cuts
        "pillow/bmp/g/pal4rle.bmp", "pillow/bmp/q/pal4rletrns.bmp", "pillow/bmp/q/pal8rletrns.bmp",              // skipped pixels; 4-bit runs that Pillow 9.4 misreads
        "image-rs/bmp/images/pal4rlecut.bmp", "pillow/bmp/b/badrle.bmp", "pillow/bmp/b/pal8badindex.bmp",        // damaged runs
        "image-png/bugfixes/invalid_palette_index.png", "made/png_palette_index_outside.png",                    // indices without a colour
    ];

    [Fact]
    public void Every_file_gives_pixels_or_a_refusal_and_97_percent_of_what_the_reference_decodes_is_decoded()
    {
        string folder = TestFolders.Data("odd_images");
        Dictionary<string, JsonNode> index = OddImages.Index(folder);
        (int decoded, int decodable) = (0, 0);
        List<string> wrong = [];
        foreach ((string name, byte[] bytes) in OddImages.ReadAll(folder))
        {
            JsonNode record = index[name];
            bool counts = Containers.Contains((string)record["container"]!) && (bool)record["pillow"]!["decodes"]!;
            if (counts) decodable++;
            try
            {
                using RgbImage image = ImageDecoder.Decode(bytes, name, DecodeOptions.Default);
                if (!counts) continue;
                decoded++;
                if (Difference(image, record) is { } difference) wrong.Add($"{name}: {difference}");
            }
            catch (ImageException refusal)
            {
                Assert.StartsWith(name + ": ", refusal.Message, StringComparison.Ordinal);
            }
        }
        Assert.Empty(wrong);
        Assert.True(decoded >= 0.97 * decodable, $"{decoded} of {decodable} decode");
    }

    private static string? Difference(RgbImage image, JsonNode record)
    {
        JsonNode pillow = record["pillow"]!;
        ImageSize size = new((int)pillow["size"]![1]!, (int)pillow["size"]![0]!);
        if (image.Size != size) return $"size {image.Size} instead of {size}";
        bool isLossy = (string)record["container"]! is "jpeg" or "webp";
        if (isLossy || pillow["rgb_note"] is not null || KnownDifferences.Contains((string)record["name"]!)) return null;
        return TransformGoldens.Sha256(TransformGoldens.Rgb(image)) == (string)pillow["rgb_sha256"]! ? null : "other pixels";
    }
}
