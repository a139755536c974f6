namespace Fovea.Cli.Outputs;

/// <summary>One layer's features of one picture.</summary>
/// <param name="Layer">Its name in the file: `neck`, `0`, `tokens`.</param>
/// <param name="Shape">Of one picture: [width, rows, columns] or [tokens, width].</param>
/// <param name="Values">Row-major.</param>
internal readonly record struct LayerFeatures(string Layer, TensorShape Shape, ReadOnlyMemory<float> Values);
