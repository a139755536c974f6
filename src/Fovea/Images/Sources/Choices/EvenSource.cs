using System.Collections.Concurrent;

namespace Fovea.Images;

/// <summary>A limited number of pictures of another source, spread evenly where their number is known, else the first ones; a few of them are marked, in the same way.</summary>
internal sealed class EvenSource : ImageSource
{
    private readonly ImageSource _source;
    private readonly int _marks;
    private readonly ConcurrentDictionary<EncodedImage, bool> _marked = new();

    /// <param name="source">Read once.</param>
    /// <param name="most">Pictures to give, at least 1.</param>
    /// <param name="marks">Pictures to mark, at least 1.</param>
    /// <param name="cancellation">Ends the counting.</param>
    public EvenSource(ImageSource source, int most, int marks, CancellationToken cancellation)
    {
        (_source, _marks) = (source, marks);
        Available = source.Count(cancellation);
        Most = Available is { } all ? (int)Math.Min(most, all) : most;
    }

    /// <summary>Pictures of the other source; null where only reading would tell.</summary>
    public long? Available { get; }

    /// <summary>Pictures that are given at most.</summary>
    public int Most { get; }

    internal override bool MayHaveLabels => _source.MayHaveLabels;

    /// <summary>Whether a picture that was given out is one of the few.</summary>
    public bool IsMarked(EncodedImage picture) => _marked.ContainsKey(picture);

    internal override long? Count(CancellationToken cancellationToken) => Available is null ? null : Most;

    internal override IEnumerable<EncodedImage> Open(CancellationToken cancellationToken)
    {
        long place = -1;
        int given = 0;
        foreach (EncodedImage picture in _source.Open(cancellationToken))
        {
            place++;
            if (Available is { } all && !IsChosen(place, all, Most)) continue;
            if (Available is null ? given < _marks : IsChosen(given, Most, Math.Min(_marks, Most))) _marked[picture] = true;
            given++;
            yield return picture;
            if (given == Most) yield break;
        }
    }

    // Of n things, m are chosen evenly when the number of chosen ones up to i is ceil((i + 1) m / n).
    private static bool IsChosen(long place, long all, long chosen) => (place * chosen + all - 1) / all != ((place + 1) * chosen + all - 1) / all;
}
