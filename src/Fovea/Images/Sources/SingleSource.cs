namespace Fovea.Images;

/// <summary>One picture.</summary>
internal sealed class SingleSource(EncodedImage image) : ImageSource
{
    public EncodedImage Image => image;

    internal override long? Count(CancellationToken cancellationToken) => 1;

    internal override IEnumerable<EncodedImage> Open(CancellationToken cancellationToken) => [image];
}
