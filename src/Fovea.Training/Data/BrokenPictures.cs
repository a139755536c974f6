namespace Fovea.Training.Data;

/// <summary>What could not be used: each broken picture once, with the reason, and how often one was met. Ends a run that meets too many.</summary>
/// <remarks>Counted in the order in which batches are delivered, so that a run ends at the same batch however many workers it has. Read it from any thread.</remarks>
internal sealed class BrokenPictures
{
    /// <summary>Pictures that are listed at most; all are counted.</summary>
    public const int MostListed = 10_000;

    // Of the first 200 pictures a few may be broken by bad luck alone: the share is taken of at least so many.
    private const int FewestTried = 200;

    private readonly Lock _lock = new();
    private readonly double _most;
    private readonly HashSet<int> _samples = [];
    private readonly List<SkippedImage> _listed = [];

    /// <param name="most">The share of broken pictures above which a run ends.</param>
    public BrokenPictures(double most) => _most = most;

    /// <summary>Different pictures that are broken.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _samples.Count;
        }
    }

    /// <summary>Pictures that were tried, and how many of these tries failed: a broken picture fails in every epoch.</summary>
    public (long Tried, long Failed) Tries { get; private set; }

    /// <summary>The broken pictures in the order in which they were met, the first 10,000 of them.</summary>
    public IReadOnlyList<SkippedImage> List
    {
        get
        {
            lock (_lock) return [.. _listed];
        }
    }

    /// <summary>Notes a picture and what was tried before it.</summary>
    /// <exception cref="TrainingDataException">Too many were broken.</exception>
    internal void Note(IReadOnlyList<FailedTry> failed)
    {
        lock (_lock)
        {
            Tries = (Tries.Tried + failed.Count + 1, Tries.Failed + failed.Count);
            foreach (FailedTry one in failed)
            {
                if (_samples.Add(one.Sample) && _listed.Count < MostListed) _listed.Add(one.Picture);
            }
            if (failed.Count > 0 && Tries.Failed > _most * Math.Max(Tries.Tried, FewestTried)) throw DataThrow.TooManyBroken(Tries.Failed, Tries.Tried, _most, failed[^1].Picture.Reason.Message);
        }
    }
}

/// <summary>A picture that could not be used where it was wanted.</summary>
/// <param name="Sample">Which one.</param>
/// <param name="Picture">Its name and the reason.</param>
internal readonly record struct FailedTry(int Sample, SkippedImage Picture);
