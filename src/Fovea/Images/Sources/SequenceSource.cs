namespace Fovea.Images;

/// <summary>Sources one after the other.</summary>
internal sealed class SequenceSource(IReadOnlyList<ImageSource> sources) : ImageSource
{
    internal override bool MayHaveLabels => sources.Any(source => source.MayHaveLabels);

    internal override long? Count(CancellationToken cancellationToken)
    {
        long count = 0;
        foreach (ImageSource source in sources)
        {
            if (source.Count(cancellationToken) is not { } known) return null;
            count += known;
        }
        return count;
    }

    internal override IEnumerable<EncodedImage> Open(CancellationToken cancellationToken) => sources.SelectMany(source => source.Open(cancellationToken));
}
