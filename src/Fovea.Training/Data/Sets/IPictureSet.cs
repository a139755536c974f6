using Fovea.Images;

namespace Fovea.Training.Data;

/// <summary>Numbered pictures that can be opened in any order: what epochs are drawn from. Safe to use from many threads.</summary>
internal interface IPictureSet : IDisposable
{
    /// <summary>Pictures in all; sample numbers are 0 to this less one.</summary>
    int Count { get; }

    /// <summary>The sources, one after the other, which together hold every sample once.</summary>
    IReadOnlyList<SourceShare> Sources { get; }

    /// <summary>Reads and decodes a picture; the caller disposes it.</summary>
    /// <exception cref="ImageException">This picture is broken; the message begins with its name.</exception>
    RgbImage Open(int sample);

    /// <summary>What messages call the picture.</summary>
    string NameOf(int sample);

    /// <summary>The class index, where one is known.</summary>
    int? LabelOf(int sample);
}
