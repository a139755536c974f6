using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fovea.Checkpoints;
using Fovea.Tensors;

namespace Fovea.Cli.Outputs.Reports;

/// <summary>What `fovea info` prints, for people and as JSON (docs/formats.md).</summary>
internal static class CheckpointReport
{
    private const int FlushAbove = 1 << 16;

    /// <summary>`{"file": ..., "network": ... or null, "tensors": [{"name", "dtype", "shape", "sha256"?}, ...]}` and a line feed.</summary>
    public static void WriteJson(Stream output, Checkpoint checkpoint, CheckpointSummary summary, bool hashes)
    {
        using (Utf8JsonWriter json = new(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("file", checkpoint.Path);
            json.WriteString("network", summary.Description?.Network);
            json.WriteStartArray("tensors");
            foreach (CheckpointTensor tensor in checkpoint.Tensors)
            {
                json.WriteStartObject();
                json.WriteString("name", tensor.Name);
                json.WriteString("dtype", tensor.ElementType.DtypeName());
                json.WriteStartArray("shape");
                foreach (long dimension in tensor.Shape.Dimensions) json.WriteNumberValue(dimension);
                json.WriteEndArray();
                if (hashes) json.WriteString("sha256", Sha256(tensor));
                json.WriteEndObject();
                if (json.BytesPending > FlushAbove) json.Flush();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        output.Write("\n"u8);
        output.Flush();
    }

    public static void WriteText(TextWriter text, Checkpoint checkpoint, CheckpointSummary summary, bool hashes)
    {
        text.WriteLine($"file        {checkpoint.Path} ({Container(checkpoint.Format)}, {checkpoint.Length:N0} bytes)");
        if (summary.Description is { } model) WriteModel(text, model);
        else text.WriteLine($"network     not known: {summary.Doubt}");
        if (checkpoint.Format == CheckpointFormat.Onnx) text.WriteLine($"precision   {checkpoint.Metadata[OnnxFormat.PrecisionKey]}");
        text.WriteLine($"tensors     {checkpoint.Tensors.Count:N0}");
        foreach (CheckpointTensor tensor in checkpoint.Tensors)
        {
            text.WriteLine($"{tensor.Name}  {tensor.ElementType.DtypeName()}  {tensor.Shape}{(hashes ? "  " + Sha256(tensor) : "")}");
        }
        text.Flush();
    }

    private static void WriteModel(TextWriter text, ModelDescription model)
    {
        VitConfig config = model.Config;
        text.WriteLine($"network     {model.Network}: width {config.Width}, {config.Depth} blocks, {config.Heads} heads, patches of {config.PatchSize} pixels, {config.Registers} registers");
        text.WriteLine($"pictures    {model.ImageSize}, {model.Channels.Channels} channels, mean [{string.Join(", ", model.Channels.Mean)}], deviation [{string.Join(", ", model.Channels.Deviation)}]");
        text.WriteLine($"gives       embeddings of {config.Width} numbers, feature maps {string.Join(", ", model.StageNames)}{(model.Outputs > 0 ? $", {model.Outputs} logits" : "")}");
        if (!model.ClassNames.IsEmpty) text.WriteLine($"classes     {string.Join(", ", model.ClassNames.Take(10))}{(model.ClassNames.Length > 10 ? $", and {model.ClassNames.Length - 10} more" : "")}");
        if (model.Origin is { } origin) text.WriteLine($"origin      {string.Join("; ", new[] { origin.Run, origin.Data, origin.Licence }.OfType<string>())}");
        text.WriteLine($"parameters  {model.ParameterCount:N0}");
        foreach (string assumption in model.Assumptions) text.WriteLine($"assumed     {assumption}");
    }

    private static string Container(CheckpointFormat format) => format switch
    {
        CheckpointFormat.Zip => "PyTorch, zip",
        CheckpointFormat.Legacy => "PyTorch before 1.6",
        CheckpointFormat.Onnx => "ONNX",
        _ => "safetensors",
    };

    private static string Sha256(CheckpointTensor tensor)
    {
        using SHA256 hash = SHA256.Create();
        using (CryptoStream stream = new(Stream.Null, hash, CryptoStreamMode.Write)) tensor.WriteTo(stream);
        return Convert.ToHexStringLower(hash.Hash!);
    }
}
