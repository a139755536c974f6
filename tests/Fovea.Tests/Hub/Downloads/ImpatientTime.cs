using Fovea.Hub;

namespace Fovea.Tests.Hub;

/// <summary>
/// A clock for tests of the hub: pauses between tries are over at once and written down; a connection is called stalled after
/// <paramref name="stallAfter"/>, by default never, so that a slow machine fails no test.
/// </summary>
internal sealed class ImpatientTime(TimeSpan? stallAfter = null) : TimeProvider
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(1);

    /// <summary>Pauses that were asked for.</summary>
    public List<TimeSpan> Pauses { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(this, System.CreateTimer(callback, state, Shorten(dueTime), period));

    private TimeSpan Shorten(TimeSpan due)
    {
        if (due == Timeout.InfiniteTimeSpan) return due;
        if (due == Transfer.StallLimit) return stallAfter ?? Timeout.InfiniteTimeSpan;
        lock (Pauses) Pauses.Add(due);
        return AtOnce;
    }

    private sealed class Timer(ImpatientTime time, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(time.Shorten(dueTime), period);

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
