using System.Collections.Immutable;
using System.Globalization;
using Fovea.Networks;

namespace Fovea;

/// <summary>What a model is, besides its weights: network, picture size, channel statistics, classes, origin.</summary>
/// <remarks>The same record, written as the same JSON, describes every form of model file (docs/formats.md).</remarks>
public sealed record ModelDescription
{
    /// <summary>The name of the last stage on model cards of the reference; <see cref="StageNames"/> ends with it.</summary>
    public const string Neck = "neck";

    /// <summary>The registered name of the network: `vit_reg4_m16_rms_avg`.</summary>
    public required string Network { get; init; }

    /// <summary>Every number of the network: those that its name stands for, with the model's own in their place.</summary>
    public required VitConfig Config { get; init; }

    /// <summary>Height and width of the pictures that the network takes.</summary>
    public required ImageSize ImageSize { get; init; }

    /// <summary>What pixels are normalised with: one mean and deviation for each channel of the input.</summary>
    public required ChannelStatistics Channels { get; init; }

    /// <summary>Numbers that the head gives; 0: the model has no head, only an embedding.</summary>
    public int Outputs { get; init; }

    /// <summary>The class of each output, or nothing when the outputs have no names.</summary>
    public ImmutableArray<string> ClassNames { get; init; } = [];

    /// <summary>Where the model comes from; null when its file does not say.</summary>
    public ModelOrigin? Origin { get; init; }

    /// <summary>The version of Fovea that wrote the file; null for files of others.</summary>
    public string? FoveaVersion { get; init; }

    /// <summary>What was assumed because the file does not say it, one sentence each.</summary>
    public ImmutableArray<string> Assumptions { get; init; } = [];

    /// <summary>The names of the feature maps, first block first: `stage1`, `stage2`, ..., and <see cref="Neck"/> for the last.</summary>
    public ImmutableArray<string> StageNames
    {
        get
        {
            int stages = ToNetwork().StageBlocks.Length;
            return [.. Enumerable.Range(1, stages).Select(stage => stage == stages ? Neck : string.Create(CultureInfo.InvariantCulture, $"stage{stage}"))];
        }
    }

    /// <summary>Learned numbers of the model, its head included: 38,315,008 for the flagship.</summary>
    public long ParameterCount => Contract().Sum(parameter => parameter.Shape.ElementCount);

    /// <summary>What stands on the encoder of a detector, whose outputs are then its classes; null: the model is no detector.</summary>
    internal DetectorConfig? Detector { get; init; }

    /// <summary>The network of these numbers; of a detector, its encoder.</summary>
    /// <exception cref="ArgumentException">They contradict each other.</exception>
    internal VitNetwork ToNetwork() => new(Config, ImageSize, Channels.Channels, Detector is null ? Outputs : 0);

    /// <summary>Every key and shape of the model's file.</summary>
    internal IReadOnlyList<Parameter> Contract() => Detector is { } detector ? DetectorParameters.Of(ToNetwork(), detector, Outputs) : VitParameters.Of(ToNetwork());
}
