namespace Fovea;

/// <summary>Where a model comes from, as its maker wrote it down; each part may be absent.</summary>
/// <param name="Run">The training run: its recipe and when it was made.</param>
/// <param name="Data">The pictures that it was trained on.</param>
/// <param name="Licence">Under which its weights may be used.</param>
public sealed record ModelOrigin(string? Run = null, string? Data = null, string? Licence = null);
