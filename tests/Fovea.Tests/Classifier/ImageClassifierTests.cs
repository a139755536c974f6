using Fovea.Tests.Encoder;

namespace Fovea.Tests.Classifier;

/// <summary>The public face of classification on the small golden network.</summary>
public sealed class ImageClassifierTests : IDisposable
{
    private readonly TemporaryFolder _pictures = TinyModel.Pictures();
    private readonly TemporaryFolder _models = new();

    public void Dispose()
    {
        _pictures.Dispose();
        _models.Dispose();
    }

    [Fact]
    public void Classes_of_a_picture_file_are_the_model_s_own_in_order_of_their_probabilities()
    {
        using ImageClassifier classifier = ImageClassifier.Load(WrittenModel.Tiny);
        string[] names = ["Alpine swift", "Barn owl", "Common kingfisher", "Eurasian jay", "Hoopoe", "Rüppell's vulture", "White stork"];
        Assert.Equal(names, classifier.ClassNames);
        IReadOnlyList<ClassProbability> classes = classifier.Classify(_pictures.File("0.png"));
        Assert.Equal(Enumerable.Range(0, 7), classes.Select(found => found.Index).Order());
        Assert.All(classes, found => Assert.Equal(names[found.Index], found.Name));
        Assert.Equal(classes.OrderByDescending(found => found.Probability), classes);
        Assert.Equal(1, classes.Sum(found => found.Probability), 1e-12);
    }

    [Fact]
    public void Stream_and_tensor_give_what_the_file_gives()
    {
        using ImageClassifier classifier = ImageClassifier.Load(WrittenModel.Tiny);
        IReadOnlyList<ClassProbability> expected = classifier.Classify(_pictures.File("0.png"));
        using FileStream stream = File.OpenRead(_pictures.File("0.png"));
        Assert.Equal(expected, classifier.Classify(stream));
        Assert.Equal(expected, classifier.Classify(classifier.Transform.Apply(_pictures.File("0.png"))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bulk_results_come_in_order_and_equal_single_ones(bool augments)
    {
        using ImageClassifier classifier = ImageClassifier.Load(WrittenModel.Tiny, new EncoderOptions { Threads = 1, TestTimeAugmentation = augments });
        List<ImageClassification> results = [];
        await foreach (ImageClassification result in classifier.ClassifyAsync(ImageSource.Folder(_pictures.Path))) results.Add(result);
        Assert.Equal(["0.png", "1.png", "2.png"], results.Select(result => result.Name));
        Assert.All(results, result => Assert.Equal(classifier.Classify(_pictures.File(result.Name)), result.Classes));
    }

    [Fact]
    public async Task Bad_picture_is_told_and_passed_over()
    {
        await File.WriteAllTextAsync(_pictures.File("1.png"), "no picture at all");
        using ImageClassifier classifier = ImageClassifier.Load(WrittenModel.Tiny);
        List<SkippedImage> skipped = [];
        List<string> names = [];
        await foreach (ImageClassification result in classifier.ClassifyAsync(ImageSource.Folder(_pictures.Path), skipped.Add)) names.Add(result.Name);
        Assert.Equal(["0.png", "2.png"], names);
        Assert.StartsWith("1.png: ", Assert.Single(skipped).Reason.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sixteen_callers_get_what_one_gets(bool augments)
    {
        using ImageClassifier classifier = ImageClassifier.Load(WrittenModel.Tiny, new EncoderOptions { Threads = 1, TestTimeAugmentation = augments });
        IReadOnlyList<ClassProbability>[] expected = [.. Enumerable.Range(0, 3).Select(picture => classifier.Classify(_pictures.File($"{picture}.png")))];
        Parallel.For(0, 160, new ParallelOptions { MaxDegreeOfParallelism = 16 }, call => Assert.Equal(expected[call % 3], classifier.Classify(_pictures.File($"{call % 3}.png"))));
    }

    [Fact]
    public void Model_without_a_head_is_refused_and_told_what_it_is_good_for()
    {
        CheckpointException refusal = Assert.Throws<CheckpointException>(() => ImageClassifier.Load(TinyModel.Path));
        Assert.StartsWith($"{TinyModel.Path}: has no head", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("embed with it", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_without_names_are_called_by_their_index()
    {
        using ImageClassifier classifier = ImageClassifier.Load(WrittenModel.WriteTiny(_models.File("unnamed.safetensors"), new float[7]));
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6"], classifier.ClassNames);
        Assert.All(classifier.Classify(_pictures.File("0.png")), found => Assert.Equal($"{found.Index}", found.Name));
    }

    [Fact]
    public void Equally_probable_classes_are_ranked_by_index()
    {
        // A head of zeros, as the reference makes a new one, but for two classes.
        using ImageClassifier classifier = ImageClassifier.Load(WrittenModel.WriteTiny(_models.File("equal.safetensors"), [0, 0, 1, 0, 0, 1, 0], weight: 0));
        Assert.Equal([2, 5, 0, 1, 3, 4, 6], classifier.Classify(_pictures.File("0.png")).Select(found => found.Index));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public async Task Logits_that_are_no_numbers_are_reported_and_not_ranked(float bias)
    {
        using ImageClassifier classifier = ImageClassifier.Load(WrittenModel.WriteTiny(_models.File("broken.safetensors"), [0, 0, bias, 0, 0, 0, 0]));
        string path = _pictures.File("0.png");
        Assert.StartsWith($"{path}: the network gives NaN or infinity", Assert.Throws<ImageException>(() => classifier.Classify(path)).Message, StringComparison.Ordinal);
        List<SkippedImage> skipped = [];
        await foreach (ImageClassification result in classifier.ClassifyAsync(ImageSource.Folder(_pictures.Path), skipped.Add)) Assert.Fail($"{result.Name} was ranked");
        Assert.Equal(["0.png", "1.png", "2.png"], skipped.Select(picture => picture.Name));
    }

    [Fact]
    public void Int8_gives_almost_the_same_probabilities()
    {
        using ImageClassifier exact = ImageClassifier.Load(WrittenModel.Tiny), int8 = ImageClassifier.Load(WrittenModel.Tiny, new EncoderOptions { Precision = Precision.Int8 });
        double[] expected = InOrder(exact.Classify(_pictures.File("0.png"))), found = InOrder(int8.Classify(_pictures.File("0.png")));
        Assert.NotEqual(expected, found);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 0.05));      // int8 moves these logits by a few hundredths
    }

    [Fact]
    public void Disposed_classifier_says_so()
    {
        ImageClassifier classifier = ImageClassifier.Load(WrittenModel.Tiny);
        classifier.Dispose();
        classifier.Dispose();
        Assert.Contains("disposed", Assert.Throws<ObjectDisposedException>(() => classifier.Classify(_pictures.File("0.png"))).Message, StringComparison.Ordinal);
    }

    /// <summary>The probabilities by class index.</summary>
    internal static double[] InOrder(IReadOnlyList<ClassProbability> classes) => [.. classes.OrderBy(found => found.Index).Select(found => found.Probability)];
}
