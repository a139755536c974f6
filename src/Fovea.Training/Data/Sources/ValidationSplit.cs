using Fovea.Images;

namespace Fovea.Training.Data;

/// <summary>The pictures that measure a model where nobody names any: the split `val` or `validation` beside the one that is trained on.</summary>
internal static class ValidationSplit
{
    /// <summary>The source of that split's `_info.json`; null when there is none beside it.</summary>
    /// <param name="training">What is trained on.</param>
    public static string? Beside(IReadOnlyList<DataSource> training)
    {
        if (training is not [{ Splits.Count: > 0 } source] || !NameRules.IsInfo(source.Path)) return null;
        return DatasetInfo.Read(source.Path).Splits.Any(split => split.Name is "val" or "validation" && !source.Splits.Contains(split.Name)) ? source.Path : null;
    }
}
