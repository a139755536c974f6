using System.Text.Json.Nodes;
using Fovea.Images;
using Fovea.Training.Evaluation;

namespace Fovea.Training.Tests.Evaluation.Reports;

/// <summary>Reports as docs/evaluation.md describes them.</summary>
public class ReportTests
{
    private static readonly FeatureSet Train = DrawnFeatures.Clouds(60, 6, 3, 2, 1), Test = DrawnFeatures.Clouds(30, 6, 3, 2, 2);

    public static TheoryData<string> Protocols => ["knn", "linear", "sgd", "fewshot", "retrieval", "clustering"];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Json_has_the_fields_that_the_page_lists(string protocol)
    {
        string page = File.ReadAllText(Fovea.Tests.TestFolders.InRepository("docs", "evaluation.md"));
        JsonObject json = Write(Report(protocol)).AsObject();
        Assert.Equal(["protocol", "data"], json.Take(2).Select(pair => pair.Key));
        Assert.All(Names(json).Distinct(), name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Json_has_all_digits_and_a_row_of_the_confusion_matrix_in_a_line()
    {
        KnnReport report = (KnnReport)Report("knn");
        string text = Text(report);
        JsonNode json = JsonNode.Parse(text)!;
        Assert.Equal(report.Results[0].Top1.Value, (double)json["results"]![0]!["top1"]!["value"]!);
        Assert.Contains($"[{string.Join(",", report.Confusion.Row(0).ToArray())}]", text, StringComparison.Ordinal);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
    }

    [Fact]
    public void Number_that_json_does_not_have_is_null()
    {
        LinearProbeReport report = (LinearProbeReport)Report("linear");
        report = report with { Calibration = report.Calibration with { NegativeLogLikelihood = double.PositiveInfinity } };
        Assert.Null(Write(report)["calibration"]!["negative_log_likelihood"]);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Lines_are_inside_their_intervals(string protocol)
    {
        EvaluationReport report = Report(protocol);
        Assert.NotEmpty(report.Lines);
        if (protocol == "clustering") return;                                  // percentiles of a bootstrap need not hold a measure that duplicates raise
        Assert.All(report.Lines, line => Assert.InRange(line.Value.Value, line.Value.Low!.Value, line.Value.High!.Value));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(101)]
    [InlineData(1000)]
    public void Picture_of_a_confusion_matrix_is_a_png_of_moderate_size_with_blue_on_the_diagonal(int classes)
    {
        int[] labels = [.. Enumerable.Range(0, classes)], wrong = [.. labels.Select(label => label == 0 ? classes - 1 : label)];
        using MemoryStream png = new();
        ConfusionPicture.WritePng(png, new ConfusionMatrix(labels, wrong, classes));
        using RgbImage image = ImageDecoder.Decode(png.ToArray(), "confusion", DecodeOptions.Default);
        int cell = Math.Clamp(768 / classes, 1, 48), margin = image.Size.Width - 6 - cell * classes;
        Assert.InRange(image.Size.Width, 100, 1100);
        (byte red, byte blue) = Pixel(image, margin + cell * (classes - 1) + cell / 4, margin + cell * (classes - 1) + cell / 4);
        Assert.True(classes > 768 || blue > red, $"the last class is right, and its cell has red {red}, blue {blue}");
        (red, blue) = Pixel(image, margin + cell / 4, margin + cell * (classes - 1) + cell / 4);
        Assert.True(classes > 768 || red > blue, $"the first class is taken for the last, and its cell has red {red}, blue {blue}");
    }

    private static (byte Red, byte Blue) Pixel(RgbImage image, int row, int column) => (image.Row(row)[4 * column], image.Row(row)[4 * column + 2]);

    private static EvaluationReport Report(string protocol) => protocol switch
    {
        "knn" => KnnEvaluation.Evaluate(Train, Test, new()),
        "linear" => LinearProbe.Evaluate(Train, Test, new LinearProbeOptions { Strengths = [0.01, 1] }),
        "sgd" => SgdSweep.Evaluate(Train, Test, new SgdSweepOptions { Steps = 10, Batch = 16 }),
        "fewshot" => FewShotEvaluation.Evaluate(Train, Test, new()),
        "retrieval" => RetrievalEvaluation.Evaluate(Train, Test, new()),
        _ => ClusteringEvaluation.Evaluate(Train),
    };

    private static string Text(EvaluationReport report)
    {
        using MemoryStream output = new();
        EvaluationJson.Write(output, report);
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }

    private static JsonNode Write(EvaluationReport report) => JsonNode.Parse(Text(report))!;

    private static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonObject some => some.SelectMany(pair => Names(pair.Value).Prepend(pair.Key)),
        JsonArray some => some.SelectMany(Names),
        _ => [],
    };
}
