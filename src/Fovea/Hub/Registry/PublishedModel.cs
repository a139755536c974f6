using System.Collections.Immutable;
using Fovea.Networks;

namespace Fovea.Hub;

/// <summary>What the registry knows of a model of the reference before any of its files is here.</summary>
internal sealed record PublishedModel
{
    /// <summary>What a user calls it: network, tag and sometimes more. It is no sure way to either.</summary>
    public required string Name { get; init; }

    /// <summary>The registered name of the network.</summary>
    public required string Network { get; init; }

    /// <summary>How it was trained, as the reference abbreviates it.</summary>
    public required string Tag { get; init; }

    /// <summary>The reference's name of the task that its network belongs to, also where the file has no head.</summary>
    public required string Task { get; init; }

    public required ImageSize ImageSize { get; init; }

    /// <summary>Numbers that the head gives; 0: no head.</summary>
    public required int Outputs { get; init; }

    /// <summary>Learned numbers, the head included.</summary>
    public required long ParameterCount { get; init; }

    /// <summary>At least one, the preferred one first.</summary>
    public required ImmutableArray<PublishedFile> Files { get; init; }

    /// <summary>The network whose parameters its files must have.</summary>
    /// <exception cref="ArgumentException">This version does not know it.</exception>
    public VitNetwork ToNetwork() => new(NamedNetworks.Get(Network), ImageSize, classes: Outputs);

    /// <summary>The file of a format; the preferred one where none is asked for.</summary>
    /// <exception cref="HubException">It is not published in that format.</exception>
    public PublishedFile File(string? format) => format is null
        ? Files[0]
        : Files.FirstOrDefault(file => string.Equals(file.Format, format, StringComparison.OrdinalIgnoreCase)) ?? throw HubThrow.OtherFormat(this, format);
}
