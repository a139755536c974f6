namespace Fovea.Training.Data;

/// <summary>What is known of every sample of a shard.</summary>
/// <param name="Names">Names within the shard.</param>
/// <param name="Labels">Class indices, <see cref="TrainingBatch.NoLabel"/> where none is known; empty where none is known at all.</param>
/// <param name="Refusals">Why samples cannot be used, of those that it is known of.</param>
internal sealed record ShardColumns(NameTable Names, int[] Labels, IReadOnlyDictionary<int, string> Refusals)
{
    /// <summary>Collects samples.</summary>
    internal sealed class Builder
    {
        private readonly NameTable.Builder _names = new();
        private readonly List<int> _labels = [];
        private readonly Dictionary<int, string> _refusals = [];

        public int Count => _names.Count;

        public void Add(string name, int label, string? refusal)
        {
            if (refusal is not null) _refusals[Count] = refusal;
            _names.Add(name);
            _labels.Add(label);
        }

        public ShardColumns Build() => new(_names.Build(), _labels.TrueForAll(label => label == TrainingBatch.NoLabel) ? [] : [.. _labels], _refusals);
    }
}
