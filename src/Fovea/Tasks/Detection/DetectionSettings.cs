namespace Fovea.Tasks;

/// <summary>Which of a detector's predictions become detections: the reference's defaults.</summary>
internal sealed record DetectionSettings
{
    /// <summary>Scores above this are kept. Default 0.2; average precision is measured with 0.05, since what is cut away is missed.</summary>
    public double LeastScore { get; init; } = 0.2;

    /// <summary>Predictions of a level that are looked at, best first. Default 1000.</summary>
    public int MostPerLevel { get; init; } = 1000;

    /// <summary>Of two boxes of a class that overlap more than this the worse one goes. Default 0.6.</summary>
    public double MostOverlap { get; init; } = 0.6;

    /// <summary>Detections of a picture, best first. Default 100.</summary>
    public int MostDetections { get; init; } = 100;

    /// <summary>Whether boxes without area are kept, as the reference keeps them. Default false.</summary>
    public bool KeepsDegenerate { get; init; }
}
