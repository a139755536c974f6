namespace Fovea.Training.Evaluation;

/// <summary>COCO's figures of a detector; -1 stands where there is nothing to measure, and is never averaged.</summary>
/// <param name="Summary">The twelve figures under their names, in COCO's order.</param>
/// <param name="Categories">Each class by itself, in the order of ids.</param>
/// <param name="Curves">[categories, areas, limits]: what the figures are means of.</param>
internal sealed record DetectionReport(IReadOnlyList<KeyValuePair<string, double>> Summary, IReadOnlyList<CategoryScores> Categories, PrecisionCurves[,,] Curves)
{
    /// <summary>One of the twelve.</summary>
    public double this[string name] => Summary.First(figure => figure.Key == name).Value;
}

/// <summary>Figures of one class: all sizes, 100 detections.</summary>
/// <param name="Id">Its id in the file.</param>
/// <param name="Name">Its name.</param>
/// <param name="Ap">Mean precision over recalls and overlaps.</param>
/// <param name="Ap50">At overlap 0.5.</param>
/// <param name="Ap75">At overlap 0.75.</param>
/// <param name="Ar100">Mean recall over overlaps.</param>
internal sealed record CategoryScores(long Id, string Name, double Ap, double Ap50, double Ap75, double Ar100);
