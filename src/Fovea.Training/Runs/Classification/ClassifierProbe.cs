using Fovea.Images;
using Fovea.Training.Data;
using Fovea.Training.Evaluation;
using Fovea.Training.Runs.Metrics;
using Fovea.Training.Runs.Probes;
using Fovea.Training.Runs.Reports;
using Fovea.Training.Runs.Training;
using Fovea.Training.Tasks;

namespace Fovea.Training.Runs.Classification;

/// <summary>Measures a classifier on its validation pictures while it is trained. What stands beside the best model: `validation.json` and `confusion.png`.</summary>
internal sealed class ClassifierProbe : IModelProbe
{
    private const int MostMistakes = 14;

    private readonly ClassifierModel _model;
    private readonly IPictureSet _pictures;
    private readonly ClassList _classes;
    private readonly IReadOnlyList<int> _counts;
    private readonly RunFolder _folder;
    private readonly SampleLogits _logits;
    private (ClassifierReport Report, IReadOnlyList<int> Samples)? _last, _kept;

    /// <param name="model">The network.</param>
    /// <param name="pictures">Labelled pictures that it is not trained on.</param>
    /// <param name="classes">What labels mean.</param>
    /// <param name="counts">Training pictures of each class.</param>
    /// <param name="transform">From pixels to what the network sees.</param>
    /// <param name="folder">The run.</param>
    public ClassifierProbe(ClassifierModel model, IPictureSet pictures, ClassList classes, IReadOnlyList<int> counts, ImageTransform transform, RunFolder folder)
    {
        _model = model;
        _pictures = pictures;
        _classes = classes;
        _counts = counts;
        _folder = folder;
        _logits = new SampleLogits(pictures, transform, model.Trained.Values.device);
    }

    public IReadOnlyList<MetricValue> Look()
    {
        (List<float> logits, List<int> samples) = _logits.Of(_model.Served, [.. Enumerable.Range(0, _pictures.Count)]);
        ClassifierReport report = ClassifierReport.Of(logits, [.. samples.Select(sample => _pictures.LabelOf(sample)!.Value)], _classes.Count, label => _classes[label], _counts);
        _last = (report, samples);
        return
        [
            ClassificationMetrics.Top1.Of(report.Top1.Value),
            ClassificationMetrics.Top5.Of(report.Top5.Value),
            ClassificationMetrics.MacroF1.Of(report.MacroF1),
            ClassificationMetrics.Loss.Of(report.Calibration.NegativeLogLikelihood),
            ClassificationMetrics.CalibrationError.Of(report.Calibration.ExpectedError),
        ];
    }

    public void Keep()
    {
        _kept = _last;
        ClassifierReport report = _kept!.Value.Report;
        RunFolder.WriteWhole(_folder.File("validation.json"), stream => EvaluationJson.Write(stream, report));
        if (_classes.Count <= ConfusionPicture.MostClasses) RunFolder.WriteWhole(_folder.File("confusion.png"), stream => ConfusionPicture.WritePng(stream, report.Confusion));
    }

    /// <summary>What the report shows of the best model so far; null while there is none.</summary>
    /// <param name="step">The step of that model.</param>
    public ClassifierPageData? Page(long step)
    {
        if (_kept is not { } kept) return null;
        ClassifierReport report = kept.Report;
        IEnumerable<int> wrong = Enumerable.Range(0, kept.Samples.Count).Where(place => report.Predictions[place] != _pictures.LabelOf(kept.Samples[place])).OrderByDescending(place => report.Confidences[place]);
        return new ClassifierPageData(step, report, [.. wrong.Take(MostMistakes).Select(place => MistakeAt(kept.Samples[place], report.Predictions[place], report.Confidences[place]))]);
    }

    private Mistake MistakeAt(int sample, int prediction, double confidence)
    {
        using RgbImage picture = _pictures.Open(sample);
        return new Mistake(ReportPicture.Of(_pictures.NameOf(sample), picture, RunReport.NeighbourSide), _classes[_pictures.LabelOf(sample)!.Value], _classes[prediction], confidence);
    }
}
