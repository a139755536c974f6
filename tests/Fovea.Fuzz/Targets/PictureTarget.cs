using Fovea.Images;
using Fovea.Tests.Images;

namespace Fovea.Fuzz;

/// <summary>Pictures of every format that is read, from bytes to the network's input.</summary>
internal sealed class PictureTarget : FuzzTarget
{
    // Small, so that a header which says more is refused at once and inputs are many.
    private const long MaxPixels = 1 << 16;

    private readonly ImageTransform _transform = new(ImageSize.Square(16), ChannelStatistics.Birder)
    {
        Decoding = new DecodeOptions { MaxPixels = MaxPixels, AppliesOrientation = true },
    };

    public override string Name => "picture";

    internal override void Read(ReadOnlySpan<byte> input) => _transform.Apply(input, "picture");

    internal override bool IsRefusal(Exception exception) => exception is ImageException;

    internal override byte[] Seal(byte[] input, Random random) => PngChecksums.Seal(input);

    internal override IEnumerable<byte[]> FindSeeds() =>
    [
        .. EncodedPictures.Formats.Select(EncodedPictures.Make),
        EncodedPictures.JpegWithOrientation(6),
        .. Goldens("transforms", "convert").Where(IsSource).Select(File.ReadAllBytes),
        .. Goldens("transforms", "jpeg").Where(IsSource).Select(File.ReadAllBytes),
        .. Goldens("transforms", "sources").Select(File.ReadAllBytes).Where(file => file.Length < 1000),
    ];

    private static bool IsSource(string path) => !path.EndsWith(".rgb.png", StringComparison.Ordinal);
}
