namespace Fovea.Extensions;

/// <summary>Which encoder an application's services use.</summary>
public sealed class FoveaOptions
{
    /// <summary>A model file, a run folder, or the name of a published model; null: the model that ships.</summary>
    public string? Model { get; set; }

    /// <summary>How it is loaded and run.</summary>
    public EncoderOptions Encoder { get; set; } = new();
}
