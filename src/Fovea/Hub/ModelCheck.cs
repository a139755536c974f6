using System.Globalization;
using System.Text.Json.Nodes;
using Fovea.Checkpoints;
using Fovea.Networks;

namespace Fovea.Hub;

/// <summary>A file that is here under a published name.</summary>
internal sealed record LocatedModel(PublishedModel Model, PublishedFile File, string Path);

/// <summary>Compares a model file with what the registry and the network's configuration say of it, fact by fact.</summary>
internal static class ModelCheck
{
    // The tag of models that have seen nothing but the reference's own I-JEPA training.
    private const string PureIJepa = "i-jepa";

    private const int MostNames = 5;

    /// <summary>The published file that a path or name means, and where it is; one that is not here is downloaded.</summary>
    /// <exception cref="HubException">Neither the name nor the file's name is a published one, or the file cannot be had.</exception>
    public static async Task<LocatedModel> LocateAsync(
        string reference, ModelHub hub, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        bool isFile = File.Exists(reference);
        string name = isFile ? Path.GetFileNameWithoutExtension(reference) : reference;
        PublishedModel model = hub.Registry.Find(name) ?? throw HubThrow.NotPublished(reference, hub.Registry.Nearest(name));
        PublishedFile file = model.File(isFile ? Path.GetExtension(reference).TrimStart('.') : null);
        string path = isFile ? reference : hub.PathOf(file);
        // A file that is here is checked as it is, also where the hub would refuse it.
        return new LocatedModel(model, file, File.Exists(path) ? path : await hub.GetAsync(name, file.Format, false, progress, cancellation).ConfigureAwait(false));
    }

    /// <summary>Everything that can be compared; a file that cannot be read differs in its content.</summary>
    public static async Task<IReadOnlyList<CheckedFact>> RunAsync(LocatedModel located, CancellationToken cancellation)
    {
        (PublishedModel model, PublishedFile file, string path) = located;
        string sha256 = await FileDigest.ComputeAsync(path, cancellation).ConfigureAwait(false);
        List<CheckedFact> facts = [CheckedFact.Equal("sha256", sha256, file.Sha256, hash => hash)];
        try
        {
            using Checkpoint checkpoint = Checkpoint.Open(path);
            facts.AddRange(Contents(checkpoint, model));
        }
        catch (CheckpointException refusal)
        {
            facts.Add(CheckedFact.Of("content", false, refusal.Message.Replace($"{path}: ", "", StringComparison.Ordinal)));
        }
        return facts;
    }

    private static IEnumerable<CheckedFact> Contents(Checkpoint checkpoint, PublishedModel model)
    {
        VitNetwork network = model.ToNetwork();
        StateDictionary state = StateDictionary.Of(checkpoint);
        StateDifference difference = state.Compare(network);
        yield return Keys(difference, network, model.Network);
        yield return CheckedFact.Of("shapes", difference.Misshapen.Count == 0, difference.Misshapen.Count == 0
            ? $"as {model.Network} has them for {model.ImageSize}"
            : Listed(difference.Misshapen));
        yield return CheckedFact.Equal("parameters", state.ElementCount, model.ParameterCount, count => count.ToString("N0", CultureInfo.InvariantCulture));
        if (Positions(state, network, model.Tag) is { } positions) yield return positions;
        if (!difference.IsEmpty) yield break;
        ModelDescription description = ModelFile.Identify(checkpoint, model.Network, model.ImageSize).Description;
        yield return CheckedFact.Equal("pictures", description.ImageSize, model.ImageSize, size => size.ToString());
        yield return CheckedFact.Equal("outputs", description.Outputs, model.Outputs, outputs => outputs.ToString(CultureInfo.InvariantCulture));
        JsonObject overrides = VitConfigJson.Difference(description.Config, network.Config);
        yield return CheckedFact.Of("configuration", overrides.Count == 0, overrides.Count == 0 ? $"that of {model.Network}" : $"differs from {model.Network} by {overrides.ToJsonString()}");
    }

    private static CheckedFact Keys(StateDifference difference, VitNetwork network, string name)
    {
        List<string> faults = [];
        if (difference.Missing.Count > 0) faults.Add($"{difference.Missing.Count} missing: {Listed(difference.Missing)}");
        if (difference.Unexpected.Count > 0) faults.Add($"{difference.Unexpected.Count} unexpected: {Listed(difference.Unexpected)}");
        return CheckedFact.Of("keys", faults.Count == 0, faults.Count == 0 ? $"{VitParameters.Of(network).Count}, as {name} has them" : string.Join("; ", faults));
    }

    private static CheckedFact? Positions(StateDictionary state, VitNetwork network, string tag)
    {
        int rows = network.SpecialPositions + network.Grid.Patches;
        if (state.Find(PositionTable.Key) is not { } table || table.Shape != new TensorShape(1, rows, network.Config.Width)) return null;
        PositionBorder border = PositionBorder.Of(table.ReadFloats(), network);
        string text = string.Create(CultureInfo.InvariantCulture,
            $"largest magnitude {border.LastRow:g3} in the last row, {border.LastColumn:g3} in the last column, {border.Whole:g3} in the whole table");
        return new CheckedFact("positions", CheckOutcome.Noted, tag == PureIJepa ? $"{text}; near zero is expected in the last row and column" : text);
    }

    private static string Listed(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? $" and {names.Count - MostNames} more" : "");
}
