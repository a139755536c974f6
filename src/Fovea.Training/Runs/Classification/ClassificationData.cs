using Fovea.Training.Data;
using Fovea.Training.Evaluation;
using Fovea.Training.Randomness;
using Fovea.Training.Runs.Recipes;
using Fovea.Training.Runs.Training;
using Fovea.Training.Tasks;

namespace Fovea.Training.Runs.Classification;

/// <summary>What a classifier is trained and measured on: labelled pictures, their classes, and pictures of the same classes that it is not trained on.</summary>
internal sealed class ClassificationData : IDisposable
{
    private readonly LabelledPictures _training;
    private readonly LabelledPictures? _validation;

    private ClassificationData(LabelledPictures training, int[] trained, LabelledPictures? validation, IPictureSet? measured)
    {
        (_training, _validation) = (training, validation);
        Training = new SelectedPictures(training.All, trained);
        Validation = measured;
        Counts = training.Counts(trained);
    }

    /// <summary>What is trained on: every picture has a label.</summary>
    public IPictureSet Training { get; }

    /// <summary>What is measured on: every picture has a label; null: nothing.</summary>
    public IPictureSet? Validation { get; }

    /// <summary>The classes.</summary>
    public ClassList Classes => _training.Classes;

    /// <summary>Training pictures of each class.</summary>
    public IReadOnlyList<int> Counts { get; }

    /// <summary>The sources, for the origin of the model.</summary>
    public string Name => _training.Name;

    /// <summary>Finds all pictures, and tells what a person should know of them.</summary>
    /// <exception cref="TrainingDataException">There are no labels, one class, or classes that differ between training and validation.</exception>
    /// <exception cref="ImageException">A source names no pictures.</exception>
    public static ClassificationData Open(FinetuneRecipe recipe, TrainingSession session, CancellationToken cancellation)
    {
        IReadOnlyList<DataSource> sources = DataSource.Parse(recipe.Data.Sources, SourceUse.Training);
        LabelledPictures training = LabelledPictures.Open(sources, null, cancellation);
        LabelledPictures? validation = null;
        try
        {
            session.Announce(training.All);
            if (training.Labelled.Length < training.All.Count) session.Warn($"{training.All.Count - training.Labelled.Length:N0} pictures have no label and are left out.");
            int[] counts = training.Counts(training.Labelled);
            if (counts.Count(count => count > 0) < 2) throw ClassificationThrow.OneClass(training.Name, training.Classes[Array.FindIndex(counts, count => count > 0)]);
            if (ValidationSources(recipe.Data, sources) is { } others)
            {
                validation = LabelledPictures.Open(others, training.Classes, cancellation);
                session.Announce(validation.All);
            }
            ClassificationData data = validation is not null
                ? new ClassificationData(training, training.Labelled, validation, new SelectedPictures(validation.All, validation.Labelled))
                : HeldOut(training, recipe);
            data.Describe(session, validation is null ? recipe.Data.HeldOut : null);
            return data;
        }
        catch
        {
            training.Dispose();
            validation?.Dispose();
            throw;
        }
    }

    /// <summary>The weight of every training picture by a rule for classes.</summary>
    public double[] SampleWeights(ClassWeighting weighting)
    {
        double[] classes = ClassWeights.Of(weighting, Counts);
        return [.. Enumerable.Range(0, Training.Count).Select(sample => classes[Training.LabelOf(sample)!.Value])];
    }

    public void Dispose()
    {
        _training.Dispose();
        _validation?.Dispose();
    }

    // Named ones; else the split beside the trained one; else nobody's.
    private static IReadOnlyList<DataSource>? ValidationSources(FinetuneDataRecipe data, IReadOnlyList<DataSource> training)
    {
        if (data.Validation.Count > 0) return DataSource.Parse(data.Validation, SourceUse.Validation);
        return ValidationSplit.Beside(training) is { } source ? DataSource.Parse([source], SourceUse.Validation) : null;
    }

    // Of every class the first of a random order, a function of the seed: at least one where it has two.
    private static ClassificationData HeldOut(LabelledPictures training, FinetuneRecipe recipe)
    {
        double share = recipe.Data.HeldOut;
        if (share == 0) return new ClassificationData(training, training.Labelled, null, null);
        if (share is not (> 0 and < 1)) throw ClassificationThrow.NothingHeldOut(share, training.Labelled.Length);
        int[] counts = training.Counts(training.Labelled), left = [.. counts.Select(count => count < 2 ? 0 : Math.Clamp((int)Math.Round(share * count), 1, count - 1))];
        int[] order = [.. training.Labelled];
        RandomStream random = new(recipe.Run.Seed, RandomPurpose.Evaluation, place: EvaluationDraws.HeldOut);
        random.Shuffle<int>(order);
        HashSet<int> held = [.. order.Where(sample => left[training.All.LabelOf(sample)!.Value]-- > 0)];
        if (held.Count == 0) throw ClassificationThrow.NothingHeldOut(share, training.Labelled.Length);
        int[] trained = [.. training.Labelled.Where(sample => !held.Contains(sample))];
        return new ClassificationData(training, trained, null, new SelectedPictures(training.All, [.. held.Order()]));
    }

    private void Describe(TrainingSession session, double? heldOut)
    {
        session.Say($"{Classes.Count:N0} classes, {Training.Count:N0} pictures to train on, {Validation?.Count ?? 0:N0} to measure on{(heldOut > 0 ? " (held out of them)" : "")}.");
        string[] empty = [.. Enumerable.Range(0, Classes.Count).Where(label => Counts[label] == 0).Select(label => Classes[label])];
        if (empty.Length > 0) session.Warn($"{empty.Length:N0} classes have no picture to train on and will not be learned: {ClassificationThrow.Listed(empty)}.");
    }
}
