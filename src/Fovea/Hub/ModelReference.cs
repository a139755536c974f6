using Fovea.Checkpoints;

namespace Fovea.Hub;

/// <summary>What a user calls a model by: a file, a run folder, or the name of a published model. What exists here wins.</summary>
internal static class ModelReference
{
    /// <summary>What serves in a run folder.</summary>
    public const string RunModel = "model.safetensors";

    /// <summary>The model that ships, beside the program; what is used when none is named.</summary>
    public static string Shipped => Path.Combine(AppContext.BaseDirectory, "models", "fovea-small.safetensors");

    private static readonly string[] Extensions = [".pt", ".safetensors", ".onnx"];

    /// <summary>The file that <paramref name="model"/> means; a published model is downloaded when it is not here.</summary>
    /// <param name="model">A path or a name of the registry; null is the model that ships.</param>
    /// <param name="progress">Told of a download, on its thread.</param>
    /// <param name="cancellation">Ends a download.</param>
    /// <exception cref="CheckpointException">A path leads to no file, or to a folder without a model.</exception>
    /// <exception cref="HubException">A name is unknown, or its file cannot be had.</exception>
    public static Task<string> ResolveAsync(string? model, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default) =>
        ResolveAsync(model, ModelHub.OfProcess, progress, cancellation);

    /// <summary>As above, with a hub that is made only when a name needs it.</summary>
    public static async Task<string> ResolveAsync(string? model, Func<ModelHub> hub, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        if (model is null) return File.Exists(Shipped) ? Shipped : throw CheckpointThrow.NotShipped(Shipped);
        ArgumentException.ThrowIfNullOrEmpty(model);
        if (File.Exists(model)) return model;
        if (Directory.Exists(model))
        {
            string served = Path.Combine(model, RunModel);
            return File.Exists(served) ? served : throw CheckpointThrow.NoRunFolder(model, RunModel);
        }
        if (LooksLikeAPath(model)) throw CheckpointThrow.Missing(model);
        ModelHub published = hub();
        if (published.Registry.Find(model) is null) throw HubThrow.NoModel(model, published.Registry.Nearest(model));
        return await published.GetAsync(model, progress: progress, cancellation: cancellation).ConfigureAwait(false);
    }

    private static bool LooksLikeAPath(string model) =>
        model.AsSpan().ContainsAny('/', '\\') || Extensions.Any(extension => model.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
}
