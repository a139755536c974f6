using Fovea.Training.Data;
using Fovea.Training.Runs.Recipes;
using Fovea.Training.Runs.Training;

namespace Fovea.Training.Runs.Detection;

/// <summary>What a detector is trained and measured on: pictures with boxes, and pictures of the same classes that it is not trained on.</summary>
internal sealed class DetectionData : IDisposable
{
    private readonly DetectionSet _all;

    private DetectionData(DetectionSet all, DetectionSet training, DetectionSet? validation, string name)
    {
        (_all, Training, Validation, Name) = (all, training, validation, name);
    }

    /// <summary>What is trained on: every picture has an object, but for the share of empty ones that was asked for.</summary>
    public DetectionSet Training { get; }

    /// <summary>What is measured on; null: nothing.</summary>
    public DetectionSet? Validation { get; }

    /// <summary>The sources, for the origin of the model.</summary>
    public string Name { get; }

    /// <summary>Finds all pictures, and tells what a person should know of them.</summary>
    /// <exception cref="Annotations.AnnotationException">Annotations are absent, damaged, or of other pictures or classes.</exception>
    /// <exception cref="ImageException">A source names no pictures.</exception>
    public static DetectionData Open(DetectionRecipe recipe, TrainingSession session, CancellationToken cancellation)
    {
        DetectionDataRecipe data = recipe.Data;
        DetectionSources sources = new() { AnnotationFile = data.Annotations, VocOffset = data.VocOffset };
        DetectionSet all = sources.Open(data.Sources, SourceUse.Training, cancellation);
        DetectionSet? validation = null;
        try
        {
            Tell(all, session);
            List<string> remarks = [];
            DetectionSet training = TrainablePictures.Of(all, data.KeepEmpty, remarks);
            foreach (string remark in remarks) session.Warn($"{remark}");
            if (ValidationOf(data) is { Count: > 0 } others)
            {
                validation = new DetectionSources { AnnotationFile = data.ValidationAnnotations, VocOffset = data.VocOffset, Categories = all.Categories }.Open(others, SourceUse.Validation, cancellation);
                Tell(validation, session);
            }
            else
            {
                session.Warn($"no pictures measure the detector while it is trained; name some with --validation.");
            }
            session.Say($"{training.Categories.Count:N0} classes, {training.Count:N0} pictures to train on, {validation?.Count ?? 0:N0} to measure on.");
            return new DetectionData(all, training, validation, string.Join(", ", data.Sources));
        }
        catch
        {
            all.Dispose();
            validation?.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _all.Dispose();
        Validation?.Dispose();
    }

    private static IReadOnlyList<string> ValidationOf(DetectionDataRecipe data)
    {
        if (data.Validation.Count > 0) return data.Validation;
        if (data.Sources.Any(source => VocFolder.Find(source) is not null)) return [];
        return ValidationSplit.Beside(DataSource.Parse(data.Sources, SourceUse.Training)) is { } beside ? [beside] : [];
    }

    private static void Tell(DetectionSet set, TrainingSession session)
    {
        foreach (SourceShare source in set.Sources) session.Say($"{source}");
        foreach (string remark in set.Remarks) session.Warn($"{remark}");
    }
}
