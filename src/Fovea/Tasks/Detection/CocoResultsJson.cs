using System.Text.Json;

namespace Fovea.Tasks;

/// <summary>Detections as a COCO result file: `[{"image_id", "category_id", "bbox": [x, y, width, height], "score"}]`, all digits, in the order given.</summary>
internal static class CocoResultsJson
{
    /// <summary>Writes a whole list, an entry a line; the stream is not closed.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="results">What was found; nothing is an empty list.</param>
    public static void Write(Stream output, IEnumerable<CocoResult> results)
    {
        bool isFirst = true;
        output.Write("["u8);
        foreach (CocoResult result in results)
        {
            output.Write(isFirst ? "\n"u8 : ",\n"u8);
            isFirst = false;
            using Utf8JsonWriter json = new(output);
            json.WriteStartObject();
            json.WriteNumber("image_id", result.ImageId);
            json.WriteNumber("category_id", result.CategoryId);
            json.WriteStartArray("bbox");
            json.WriteNumberValue(result.Box.Left);
            json.WriteNumberValue(result.Box.Top);
            json.WriteNumberValue(result.Box.Width);
            json.WriteNumberValue(result.Box.Height);
            json.WriteEndArray();
            json.WriteNumber("score", result.Score);
            if (result.FileName is not null) json.WriteString("file_name", result.FileName);
            json.WriteEndObject();
        }
        output.Write("\n]\n"u8);
    }
}

/// <summary>One entry of a COCO result file.</summary>
/// <param name="ImageId">The picture.</param>
/// <param name="CategoryId">The class.</param>
/// <param name="Box">In pixels of the picture.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="FileName">The picture's name, which COCO's readers pass over; null: left out.</param>
internal readonly record struct CocoResult(long ImageId, long CategoryId, BoundingBox Box, double Score, string? FileName = null);
