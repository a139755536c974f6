using Fovea.Images;
using Fovea.Tasks;
using Fovea.Training.Annotations;
using Fovea.Training.Data;
using Fovea.Training.Evaluation;
using Fovea.Training.Runs.Metrics;
using Fovea.Training.Runs.Training;
using Fovea.Training.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace Fovea.Training.Runs.Detection;

/// <summary>Measures a detector on its validation pictures, in their own pixels and as COCO's program does. What stands beside the best model: `validation.json` and `detections.json`.</summary>
internal sealed class DetectorProbe : IModelProbe
{
    private const int Batch = 8;

    // What is cut away is missed: average precision wants nearly all of it.
    private static readonly DetectionSettings Settings = new() { LeastScore = 0.05 };

    private readonly DetectorModel _model;
    private readonly DetectionSet _pictures;
    private readonly FittedTransform _input;
    private readonly RunFolder _folder;
    private readonly Action<string> _warn;
    private bool _hasWarned;
    private (DetectionReport Report, List<CocoResult> Results)? _last;

    /// <param name="model">The detector.</param>
    /// <param name="pictures">Pictures that it is not trained on.</param>
    /// <param name="input">From pixels to what the network sees.</param>
    /// <param name="folder">The run.</param>
    /// <param name="warn">Told once of pictures that cannot be read.</param>
    public DetectorProbe(DetectorModel model, DetectionSet pictures, FittedTransform input, RunFolder folder, Action<string> warn)
    {
        _model = model;
        _pictures = pictures;
        _input = input;
        _folder = folder;
        _warn = warn;
    }

    public IReadOnlyList<MetricValue> Look()
    {
        List<CocoResult> results = [];
        foreach (int[] samples in Enumerable.Range(0, _pictures.Count).Chunk(Batch)) results.AddRange(Detect(samples));
        _hasWarned = true;
        DetectionReport report = CocoEvaluation.Of(
            Enumerable.Range(0, _pictures.Count).Select(sample => _pictures.ImageOf(sample).Id), _pictures.Categories, _pictures.Annotations,
            results.Select(result => new CocoDetection(result.ImageId, result.CategoryId, new CocoBox(result.Box.Left, result.Box.Top, result.Box.Width, result.Box.Height), result.Score)));
        _last = (report, results);
        return [DetectionMetrics.Ap.Of(report["AP"]), DetectionMetrics.Ap50.Of(report["AP50"]), DetectionMetrics.Ap75.Of(report["AP75"]), DetectionMetrics.Ar100.Of(report["AR100"])];
    }

    public void Keep()
    {
        (DetectionReport report, List<CocoResult> results) = _last!.Value;
        RunFolder.WriteWhole(_folder.File("validation.json"), stream => DetectionReportJson.Write(stream, report));
        RunFolder.WriteWhole(_folder.File("detections.json"), stream => CocoResultsJson.Write(stream, results));
    }

    private IEnumerable<CocoResult> Detect(int[] samples)
    {
        int length = checked(3 * _input.Size.Height * _input.Size.Width);
        float[] pixels = new float[samples.Length * length];
        (ImageSize Fitted, ImageSize Picture)?[] sizes = new (ImageSize, ImageSize)?[samples.Length];
        Parallel.For(0, samples.Length, index =>
        {
            try
            {
                using RgbImage picture = _pictures.Open(samples[index]);
                sizes[index] = (_input.Apply(picture.Window, pixels.AsSpan(index * length, length)), picture.Size);
            }
            catch (ImageException failure)
            {
                if (!_hasWarned) _warn($"skipped {failure.Message}");
            }
        });
        using DisposeScope scope = NewDisposeScope();
        Tensor images = tensor(pixels, [samples.Length, 3, _input.Size.Height, _input.Size.Width]).to(_model.Trained.Values.device);
        List<ScoredBox>[] found = _model.Detect(images, [.. sizes.Select(size => size?.Fitted ?? _input.Size)], Settings);
        for (int index = 0; index < samples.Length; index++)
        {
            if (sizes[index] is not { } size) continue;
            foreach (ScoredBox box in found[index].Select(box => box.ToPicture(size.Fitted, size.Picture)))
            {
                yield return new CocoResult(_pictures.ImageOf(samples[index]).Id, _pictures.Categories[box.Class].Id, box.Box, box.Score);
            }
        }
    }
}
