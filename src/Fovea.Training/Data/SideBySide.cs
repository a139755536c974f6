using System.Runtime.ExceptionServices;

namespace Fovea.Training.Data;

/// <summary>Work on many things at once. All are worked on even when one fails: what is thrown is the failure of the first, whichever came first in time.</summary>
internal static class SideBySide
{
    /// <param name="count">Things.</param>
    /// <param name="mostAtOnce">Threads.</param>
    /// <param name="work">Called once with each number from 0 on.</param>
    /// <param name="cancellationToken">Ends it with <see cref="OperationCanceledException"/>.</param>
    public static void Run(int count, int mostAtOnce, Action<int> work, CancellationToken cancellationToken)
    {
        Exception?[] failures = new Exception?[count];
        ParallelOptions options = new() { MaxDegreeOfParallelism = mostAtOnce, CancellationToken = cancellationToken };
        Parallel.For(0, count, options, number =>
        {
            try
            {
                work(number);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                failures[number] = failure;
            }
        });
        if (Array.Find(failures, failure => failure is not null) is { } first) ExceptionDispatchInfo.Throw(first);
    }
}
