using System.Text.Encodings.Web;
using System.Text.Json;

namespace Fovea.Training.Evaluation;

/// <summary>Figures of detection as JSON (docs/formats.md): the names of COCO's program, all digits, -1 for nothing to measure.</summary>
internal static class DetectionReportJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>`{"summary": {"AP": ...}, "per_category": [...]}` and a line feed; the stream is not closed.</summary>
    public static void Write(Stream output, DetectionReport report)
    {
        using (Utf8JsonWriter json = new(output, Options))
        {
            json.WriteStartObject();
            json.WriteStartObject("summary");
            foreach ((string name, double value) in report.Summary) json.WriteNumber(name, value);
            json.WriteEndObject();
            json.WriteStartArray("per_category");
            foreach (CategoryScores category in report.Categories)
            {
                json.WriteStartObject();
                json.WriteNumber("id", category.Id);
                json.WriteString("name", category.Name);
                json.WriteNumber("AP", category.Ap);
                json.WriteNumber("AP50", category.Ap50);
                json.WriteNumber("AP75", category.Ap75);
                json.WriteNumber("AR_100", category.Ar100);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        output.Write("\n"u8);
    }

    /// <summary>All precisions, [overlaps, recalls, categories, areas, limits], and recalls, [overlaps, categories, areas, limits], row-major, with their axes.</summary>
    public static void WriteArrays(Stream output, DetectionReport report)
    {
        int categories = report.Categories.Count, overlaps = CocoProtocol.Overlaps.Count, recalls = CocoProtocol.Recalls.Count, areas = CocoProtocol.Areas.Count, limits = CocoProtocol.Limits.Count;
        PrecisionCurves[] curves = [.. report.Curves.Cast<PrecisionCurves>()];                            // [categories, areas, limits]
        using (Utf8JsonWriter json = new(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("order", "precision [T,R,K,A,M], recall [T,K,A,M]; row-major, last index fastest");
            WriteNumbers(json, "iou_thresholds", CocoProtocol.Overlaps);
            WriteNumbers(json, "recall_thresholds", CocoProtocol.Recalls);
            WriteIntegers(json, "category_ids", report.Categories.Select(category => category.Id));
            json.WriteStartArray("areas");
            foreach (AreaRange area in CocoProtocol.Areas) json.WriteStringValue(area.Name);
            json.WriteEndArray();
            WriteIntegers(json, "max_dets", CocoProtocol.Limits.Select(limit => (long)limit));
            WriteIntegers(json, "precision_shape", [overlaps, recalls, categories, areas, limits]);
            WriteIntegers(json, "recall_shape", [overlaps, categories, areas, limits]);
            WriteNumbers(json, "precision", Enumerable.Range(0, overlaps).SelectMany(overlap => Enumerable.Range(0, recalls).SelectMany(recall => curves.Select(one => one.Precision[overlap, recall]))));
            WriteNumbers(json, "recall", Enumerable.Range(0, overlaps).SelectMany(overlap => curves.Select(one => one.Recall[overlap])));
            json.WriteEndObject();
        }
        output.Write("\n"u8);
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (double number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static void WriteIntegers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
