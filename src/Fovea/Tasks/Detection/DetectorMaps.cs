using System.Numerics;

namespace Fovea.Tasks;

/// <summary>What the head of a detector says at the places of one level, before sigmoid. float from a network; double where goldens are met.</summary>
/// <param name="Locations">The places.</param>
/// <param name="ClassLogits">[places, classes].</param>
/// <param name="Distances">[places, 4]: to the left, upper, right and lower edge, in cells, 0 or more.</param>
/// <param name="CentreLogits">[places]: centre-ness.</param>
internal sealed record DetectorMaps<T>(Locations Locations, ReadOnlyMemory<T> ClassLogits, ReadOnlyMemory<T> Distances, ReadOnlyMemory<T> CentreLogits)
    where T : struct, IFloatingPointIeee754<T>;
