using Fovea.Images;
using Fovea.Training.Evaluation;

namespace Fovea.Training.Runs.Reports;

/// <summary>What the report of a classifier shows of the model that serves.</summary>
/// <param name="Step">The step of that model.</param>
/// <param name="Report">Its figures on the validation pictures.</param>
/// <param name="Mistakes">Pictures that it takes for another class, the surest mistakes first.</param>
internal sealed record ClassifierPageData(long Step, ClassifierReport Report, IReadOnlyList<Mistake> Mistakes);

/// <summary>A picture that is taken for another class.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Truth">Its class.</param>
/// <param name="Prediction">What it is taken for.</param>
/// <param name="Confidence">How surely, 0 to 1.</param>
internal sealed record Mistake(ReportPicture Picture, string Truth, string Prediction, double Confidence);
