namespace Fovea.Training.Runs.Training;

/// <summary>Pictures per second, and how much of the time was spent waiting for them.</summary>
/// <param name="time">The clock.</param>
/// <param name="pictures">Pictures trained on before.</param>
internal sealed class Throughput(TimeProvider time, long pictures)
{
    private readonly long _start = time.GetTimestamp();
    private readonly long _startPictures = pictures;
    private long _since = time.GetTimestamp();
    private long _takenPictures = pictures;
    private long _pictures = pictures;
    private TimeSpan _waited;

    /// <summary>Over everything since this began; 0 before the first step.</summary>
    public double PicturesPerSecond => (_pictures - _startPictures) / Math.Max(time.GetElapsedTime(_start).TotalSeconds, 1e-9);

    public void Add(StepReport report)
    {
        _pictures = report.Pictures;
        _waited += report.Waited;
    }

    /// <summary>Pictures per second and the share of waiting since the last call.</summary>
    public (double PicturesPerSecond, double WaitShare) Take()
    {
        double seconds = Math.Max(time.GetElapsedTime(_since).TotalSeconds, 1e-9);
        (double, double) figures = ((_pictures - _takenPictures) / seconds, Math.Min(1, _waited.TotalSeconds / seconds));
        (_since, _takenPictures, _waited) = (time.GetTimestamp(), _pictures, TimeSpan.Zero);
        return figures;
    }
}
