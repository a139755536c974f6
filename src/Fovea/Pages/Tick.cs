namespace Fovea.Pages;

/// <summary>A place on an axis that is written out.</summary>
/// <param name="Value">A round number.</param>
/// <param name="Label">Its text.</param>
internal readonly record struct Tick(double Value, string Label);
