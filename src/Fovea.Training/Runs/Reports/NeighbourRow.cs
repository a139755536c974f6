using Fovea.Images;
namespace Fovea.Training.Runs.Reports;

/// <summary>A picture and those whose features are most like its own.</summary>
/// <param name="Query">The picture.</param>
/// <param name="Neighbours">Nearest first, with cosine similarities; the first <see cref="RunReport.MostNeighbours"/> are shown.</param>
internal sealed record NeighbourRow(ReportPicture Query, IReadOnlyList<(ReportPicture Picture, double Similarity)> Neighbours);
