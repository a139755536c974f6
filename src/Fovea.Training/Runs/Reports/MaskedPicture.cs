using Fovea.Images;
namespace Fovea.Training.Runs.Reports;

/// <summary>A picture and what I-JEPA made of it in one step. Patches are numbered row * columns + column.</summary>
/// <param name="Picture">The network's input.</param>
/// <param name="Grid">The patches that it is cut into.</param>
/// <param name="Context">Patches that the context encoder sees.</param>
/// <param name="Targets">Patches of each block that is predicted.</param>
internal sealed record MaskedPicture(ReportPicture Picture, PatchGrid Grid, IReadOnlyList<long> Context, IReadOnlyList<IReadOnlyList<long>> Targets);
