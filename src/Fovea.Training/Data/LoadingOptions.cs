namespace Fovea.Training.Data;

/// <summary>How a set becomes batches. The batches themselves depend on <see cref="Seed"/>, <see cref="BatchSize"/> and what is made of a picture, and on nothing else.</summary>
internal record LoadingOptions
{
    /// <summary>The run's seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Pictures of a global batch: those of all processes together.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Processes that share each global batch; must divide <see cref="BatchSize"/>. Default 1.</summary>
    public int Processes { get; init; } = 1;

    /// <summary>This process, from 0: it gets the block of that number of each global batch. Default 0.</summary>
    public int Process { get; init; }

    /// <summary>Threads that read, decode and augment. Default: one per core.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Batches that may be made before they are asked for; each takes 4 bytes a number. Default 2.</summary>
    public int BatchesAhead { get; init; } = 2;

    /// <summary>Bytes of decoded pictures that may be kept in memory, so that a small set is decoded once. Default 256 MB; 0 keeps none.</summary>
    public long CacheBytes { get; init; } = 256_000_000;

    /// <summary>The share of broken pictures above which a run ends. Default 5 %.</summary>
    public double MostBroken { get; init; } = 0.05;

    /// <summary>How often each sample shall come, relative to the others; null: as its source says.</summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>Pictures of this process in a batch.</summary>
    internal int LocalBatchSize => BatchSize / Processes;

    /// <summary>Looks at every field.</summary>
    /// <param name="sample">[channels, height, width] of what a picture becomes.</param>
    /// <exception cref="ArgumentException">A field is outside its range; the message names it.</exception>
    internal void Check(TensorShape sample)
    {
        if (BatchSize < 1) throw new ArgumentException($"A batch of {BatchSize} pictures cannot be trained on; it has at least 1.");
        if (Processes < 1 || BatchSize % Processes != 0) throw new ArgumentException($"A batch of {BatchSize} pictures cannot be shared by {Processes} processes in equal parts; make it a multiple.");
        if (Process < 0 || Process >= Processes) throw new ArgumentException($"There is no process {Process} of {Processes}; they are counted from 0.");
        if (Workers < 1) throw new ArgumentException($"{Workers} workers make no batch; at least 1 is needed.");
        if (BatchesAhead < 1) throw new ArgumentException($"{BatchesAhead} batches ahead would leave workers without work; at least 1 is needed.");
        if (CacheBytes < 0) throw new ArgumentException($"{CacheBytes} bytes cannot be kept; 0 keeps nothing.");
        if (MostBroken is not (>= 0 and <= 1)) throw new ArgumentException($"The share {MostBroken} of broken pictures is outside 0 to 1.");
        if (LocalBatchSize * sample.ElementCount > Array.MaxLength) throw new ArgumentException($"A batch of {LocalBatchSize} pictures of {new ImageSize((int)sample[1], (int)sample[2])} is larger than memory can hold.");
    }
}
