using Fovea.Training.Data;

namespace Fovea.Training.Tests.Data.Loading;

public class BrokenPictureTests
{
    private static readonly BatchLoaderOptions Options = new() { Seed = 2, BatchSize = 10, Augmentation = AugmentationRecipe.NonePaper(ImageSize.Square(8)), Workers = 2 };

    [Fact]
    public void Broken_picture_is_replaced_by_the_next_of_the_order()
    {
        using TestPictures whole = new(400), damaged = new(400, sample => sample % 50 == 7);
        int[] order = Samples(whole, 39), replaced = Samples(damaged, 39);
        for (int position = 0; position < replaced.Length - 3; position++)
        {
            int expected = order[position..].First(sample => sample % 50 != 7);
            Assert.True(expected == replaced[position], $"position {position}: sample {replaced[position]} instead of {expected}");
        }
    }

    [Fact]
    public void Broken_pictures_are_counted_once_and_listed_with_the_reason()
    {
        using TestPictures pictures = new(400, sample => sample is 7 or 333);
        BatchLoader loader = new(pictures, Options);
        foreach (TrainingBatch batch in loader.Read().Take(120)) batch.Dispose();
        Assert.Equal(2, loader.Broken.Count);
        Assert.Equal(["picture 333", "picture 7"], loader.Broken.List.Select(broken => broken.Name).Order(StringComparer.Ordinal));
        Assert.All(loader.Broken.List, broken => Assert.Equal($"{broken.Name}: is broken for this test.", broken.Reason.Message));
        Assert.Equal((1206, 6), loader.Broken.Tries);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Run_ends_in_a_sentence_when_more_than_one_in_twenty_is_broken_and_at_the_same_batch_whatever_the_workers(int workers)
    {
        using TestPictures pictures = new(400, sample => sample % 10 == 0);
        int delivered = 0;
        TrainingDataException end = Assert.Throws<TrainingDataException>(() =>
        {
            foreach (TrainingBatch batch in new BatchLoader(pictures, Options with { Workers = workers }).Read())
            {
                batch.Dispose();
                delivered++;
            }
        });
        Assert.Matches("^1[1-9] of [0-9]+ pictures could not be used, more than the 5 % that are borne; repair the data or leave the broken ones out. The last of them: picture [0-9]+0: is broken for this test.$", end.Message);
        Assert.Equal(BatchesBeforeTheEleventhFailure(pictures), delivered);
    }

    [Fact]
    public void Few_broken_pictures_at_the_start_do_not_end_a_run()
    {
        using TestPictures pictures = new(400, sample => sample is 1 or 2 or 3 or 4);
        Assert.Equal(40, new BatchLoader(pictures, Options).Read().Take(40).Count());
    }

    [Fact]
    public void None_is_borne_when_none_is_allowed()
    {
        using TestPictures pictures = new(400, sample => sample == 5);
        Assert.Throws<TrainingDataException>(() => new BatchLoader(pictures, Options with { MostBroken = 0 }).Read().Take(40).Count());
    }

    [Fact]
    public void Set_of_nothing_but_broken_pictures_ends_at_once()
    {
        using TestPictures pictures = new(400, _ => true);
        string message = Assert.Throws<TrainingDataException>(() => new BatchLoader(pictures, Options).Read().First()).Message;
        Assert.Matches("^64 pictures one after the other could not be used, so the data are damaged as a whole; look at the last of them: picture [0-9]+: is broken for this test.$", message);
    }

    // Eleven are more than 5 % of the first 200.
    private static int BatchesBeforeTheEleventhFailure(TestPictures pictures)
    {
        EpochOrder order = EpochOrder.Create(Options.Seed, epoch: 0, pictures.Sources);
        int position = 0;
        for (int failures = 0; failures <= 10; position++)
        {
            for (int next = position; order[next] % 10 == 0; next++) failures++;
        }
        return (position - 1) / Options.BatchSize;
    }

    private static int[] Samples(TestPictures pictures, int batches)
    {
        List<int> samples = [];
        foreach (TrainingBatch batch in new BatchLoader(pictures, Options).Read().Take(batches))
        {
            samples.AddRange(batch.Samples);
            batch.Dispose();
        }
        return [.. samples];
    }
}
