using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Fovea.Training.Data;

namespace Fovea.Training.Tests.Data.Loading;

public class BatchLoaderTests
{
    private const int Pictures = 103, BatchSize = 8, Batches = 12;

    private static readonly BatchLoaderOptions Options = new() { Seed = 5, BatchSize = BatchSize, Augmentation = AugmentationRecipe.Birder(ImageSize.Square(16), level: 5), Workers = 2 };

    private sealed record Delivered(long Epoch, long Step, long FirstPosition, int[] Samples, int[] Labels, string Pixels);

    [Fact]
    public void Batches_follow_one_another_and_the_rest_of_each_epoch_is_dropped()
    {
        Delivered[] batches = Read(Options, 30);
        Assert.Equal(Enumerable.Range(0, 30).Select(number => ((long)number / Batches, (long)number % Batches, (long)number % Batches * BatchSize)), batches.Select(batch => (batch.Epoch, batch.Step, batch.FirstPosition)));
    }

    [Fact]
    public void Every_picture_comes_at_most_once_in_an_epoch_and_all_but_the_rest_come()
    {
        int[] samples = [.. Read(Options, Batches).SelectMany(batch => batch.Samples)];
        Assert.Equal(Batches * BatchSize, samples.Distinct().Count());
        Assert.InRange(samples.Max(), 0, Pictures - 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Batches_are_the_same_whatever_the_number_of_workers(int workers)
    {
        Func<int, bool> isBroken = sample => sample % 40 == 3;
        Assert.Equal(Read(Options with { Workers = 3, CacheBytes = 0 }, 20, isBroken: isBroken), Read(Options with { Workers = workers }, 20, isBroken: isBroken), Same);
    }

    [Fact]
    public void Given_a_run_that_stopped_inside_an_epoch_When_it_goes_on_Then_its_batches_are_those_of_an_uninterrupted_one()
    {
        Delivered[] whole = Read(Options, 20);
        Assert.Equal(whole[7..], Read(Options, 13, step: 7), Same);
        Assert.Equal(whole[13..], Read(Options, 7, epoch: 1, step: 1), Same);
    }

    [Fact]
    public void Step_behind_the_last_of_an_epoch_is_the_first_of_the_next() => Assert.Equal((4, 0), Read(Options, 1, epoch: 3, step: Batches).Select(batch => (batch.Epoch, batch.Step)).Single());

    [Fact]
    public void Two_processes_together_get_the_batches_of_one()
    {
        Delivered[] first = Read(Options with { Processes = 2, Process = 0 }, 14), second = Read(Options with { Processes = 2, Process = 1 }, 14);
        Delivered[] whole = Read(Options, 14);
        Assert.Equal(whole.Select(batch => (batch.Epoch, batch.Step)), second.Select(batch => (batch.Epoch, batch.Step)));
        Assert.Equal(whole.Select(batch => batch.Pixels), first.Zip(second, (one, other) => one.Pixels + other.Pixels));
    }

    [Fact]
    public void Pictures_look_different_in_each_epoch_and_at_each_position()
    {
        using TestPictures pictures = new(BatchSize) { Factor = 2 };
        string[] seen = [.. new BatchLoader(pictures, Options).Read().Take(4).SelectMany(batch => Enumerable.Range(0, BatchSize).Select(index => Hash(batch, index)))];
        Assert.Equal(seen.Length, seen.Distinct().Count());
    }

    [Fact]
    public void Labels_and_names_are_those_of_the_samples()
    {
        using TestPictures pictures = new(Pictures);
        using TrainingBatch<int> batch = new BatchLoader(pictures, Options).Read().First();
        Assert.Equal(batch.Samples.Select(sample => pictures.LabelOf(sample) ?? TrainingBatch.NoLabel), batch.Targets);
        Assert.Equal($"picture {batch.Samples[3]}", batch.NameOf(3));
        Assert.Equal(new TensorShape(BatchSize, 3, 16, 16), batch.Shape);
        using TrainingBatch second = new BatchLoader(pictures, Options with { Processes = 2, Process = 1 }).Read().First();
        Assert.Equal((BatchSize / 2, 4L, new TensorShape(BatchSize / 2, 3, 16, 16)), (second.FirstInBatch, second.FirstPosition, second.Shape));
    }

    [Fact]
    public void Set_smaller_than_one_batch_is_refused_in_a_sentence()
    {
        using TestPictures pictures = new(5) { Factor = 1.4 };
        string message = Assert.Throws<TrainingDataException>(() => new BatchLoader(pictures, Options)).Message;
        Assert.Equal("An epoch has 7 pictures, fewer than one batch of 8; make the batch smaller, name more data, or raise a source's repeat factor.", message);
    }

    [Fact]
    public void Batch_that_processes_cannot_share_is_refused()
    {
        using TestPictures pictures = new(Pictures);
        Assert.Equal(
            "A batch of 8 pictures cannot be shared by 3 processes in equal parts; make it a multiple.",
            Assert.Throws<ArgumentException>(() => new BatchLoader(pictures, Options with { Processes = 3 })).Message);
    }

    [Fact]
    public void Cancellation_ends_the_enumeration()
    {
        using CancellationTokenSource cancel = new();
        using TestPictures pictures = new(Pictures);
        using IEnumerator<TrainingBatch> batches = new BatchLoader(pictures, Options).Read(cancellationToken: cancel.Token).GetEnumerator();
        Assert.True(batches.MoveNext());
        cancel.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            while (batches.MoveNext()) batches.Current.Dispose();
        });
    }

    [Fact]
    public void Buffers_of_disposed_batches_are_used_again()
    {
        using TestPictures pictures = new(Pictures);
        HashSet<float[]> buffers = [];
        foreach (TrainingBatch batch in new BatchLoader(pictures, Options).Read().Take(200))
        {
            buffers.Add(batch.Pixels);
            batch.Dispose();
        }
        Assert.InRange(buffers.Count, 1, Options.BatchesAhead + 3);       // ahead, begun by the reader, being put together, the caller's
    }

    [Fact]
    public void No_more_is_decoded_than_the_batches_ahead()
    {
        using TestPictures pictures = new(1000);
        using IEnumerator<TrainingBatch> batches = new BatchLoader(pictures, Options).Read().GetEnumerator();
        batches.MoveNext();
        Assert.InRange(pictures.Opened, BatchSize, (1 + Options.BatchesAhead) * BatchSize + 1);
    }

    [Fact]
    public void Disposed_batch_gives_no_pixels()
    {
        using TestPictures pictures = new(Pictures);
        TrainingBatch batch = new BatchLoader(pictures, Options).Read().First();
        batch.Dispose();
        Assert.Throws<ObjectDisposedException>(() => batch.Pixels);
    }

    [Fact]
    public void Time_that_the_caller_waited_is_that_of_all_batches()
    {
        using TestPictures pictures = new(Pictures);
        BatchLoader loader = new(pictures, Options);
        TimeSpan sum = TimeSpan.Zero;
        foreach (TrainingBatch batch in loader.Read().Take(3)) sum += batch.Waited;
        Assert.Equal(loader.Waited, sum);
        Assert.NotEqual(TimeSpan.Zero, sum);
    }

    private static Delivered[] Read(BatchLoaderOptions options, int count, long epoch = 0, long step = 0, Func<int, bool>? isBroken = null)
    {
        using TestPictures pictures = new(Pictures, isBroken);
        List<Delivered> delivered = [];
        foreach (TrainingBatch<int> batch in new BatchLoader(pictures, options).Read(epoch, step).Take(count))
        {
            string pixels = string.Concat(Enumerable.Range(0, batch.Samples.Length).Select(index => Hash(batch, index)));
            delivered.Add(new(batch.Epoch, batch.Step, batch.FirstPosition, batch.Samples, batch.Targets, pixels));
            batch.Dispose();
        }
        return [.. delivered];
    }

    private static bool Same(Delivered one, Delivered other) =>
        (one.Epoch, one.Step, one.FirstPosition, one.Pixels) == (other.Epoch, other.Step, other.FirstPosition, other.Pixels) &&
        one.Samples.SequenceEqual(other.Samples) && one.Labels.SequenceEqual(other.Labels);

    private static string Hash(TrainingBatch batch, int index)
    {
        int length = batch.Pixels.Length / batch.Samples.Length;
        return Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(batch.Pixels.AsSpan(index * length, length))));
    }
}
