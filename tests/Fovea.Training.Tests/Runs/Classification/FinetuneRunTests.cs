using Fovea.Checkpoints;
using Fovea.Tests;
using Fovea.Training.Networks;
using Fovea.Training.Optimization;
using Fovea.Training.Runs;
using Fovea.Training.Runs.Metrics;
using Fovea.Training.Runs.Recipes;

namespace Fovea.Training.Tests.Runs;

public sealed class FinetuneRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_that_was_cancelled_and_resumed_equals_one_that_was_not(bool isBFloat16)
    {
        FinetuneRecipe recipe = SmallFinetune.Everything(DrawnClasses.Write(_folder.File("data"), 22, 1), isBFloat16 ? ComputeType.BFloat16 : ComputeType.Float32);
        string whole = _folder.File("whole"), parts = _folder.File("parts");
        SmallFinetune.Train(whole, recipe);
        foreach (long stop in (long[])[1, 4, 5, 8, long.MaxValue])
        {
            using CancellationTokenSource cancel = new();
            try
            {
                SmallFinetune.Train(parts, recipe, stepped: report =>
                {
                    if (report.Step == stop) cancel.Cancel();
                }, cancellation: cancel.Token);
            }
            catch (OperationCanceledException)
            {
            }
        }
        Assert.Equal(SmallFinetune.Lines(whole), SmallFinetune.Lines(parts));
        Assert.Equal(SmallFinetune.LastCheckpoint(whole), SmallFinetune.LastCheckpoint(parts));
        // The files differ in one thing: their origin names the run.
        Assert.Equal(Weights(whole), Weights(parts));
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole, "validation.json")), File.ReadAllBytes(Path.Combine(parts, "validation.json")));
    }

    [Fact]
    public void Head_alone_tells_two_colours_apart()
    {
        string run = _folder.File("run");
        FinetuneRecipe recipe = SmallFinetune.Recipe(DrawnClasses.Write(_folder.File("data"), 40, 1), epochs: 30) with { Freezing = new Freezing { Body = true } };
        recipe = recipe with { Optimizer = recipe.Optimizer with { LearningRate = recipe.Optimizer.LearningRate with { Base = 0.05 } } };
        SmallFinetune.Train(run, recipe);
        Assert.True(SmallFinetune.Figures(run, ClassificationMetrics.Top1).Max() > 0.95);
        Dictionary<string, Weight> start = new StartValues(StartValueScheme.Birder, recipe.Run.Seed).OfEncoder(recipe.Encoder!.ToNetwork(2), resetsHead: true);
        using ModelFile model = ModelFile.Open(Path.Combine(run, "model.safetensors"));
        Assert.Equal(["classifier.bias", "classifier.weight"], start.Keys.Where(key => !start[key].Values.Span.SequenceEqual(model.Weights[key].Values.Span)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Whole_network_learns_from_scratch_and_serves_at_once_with_its_classes()
    {
        string run = _folder.File("run"), test = DrawnClasses.Write(_folder.File("test"), 10, 2);
        SmallFinetune said = SmallFinetune.Train(run, SmallFinetune.Recipe(DrawnClasses.Write(_folder.File("data"), 40, 1), epochs: 20));
        Assert.Equal(1, SmallFinetune.Figures(run, ClassificationMetrics.Top1).Max());
        using ImageClassifier classifier = ImageClassifier.Load(run);
        Assert.Equal(["blue", "green"], classifier.ClassNames);
        Assert.All(Directory.GetFiles(test, "*.png", SearchOption.AllDirectories), file => Assert.Equal(Path.GetFileName(Path.GetDirectoryName(file)), classifier.Classify(file)[0].Name));
        Assert.All((string[])["recipe.json", "metrics.jsonl", "report.html", "validation.json", "confusion.png"], file => Assert.True(File.Exists(Path.Combine(run, file)), file));
        Assert.Contains("2 classes, 60 pictures to train on, 20 to measure on (held out of them).", said.Said);
        Assert.StartsWith("the model is that of step", said.Said[^1], StringComparison.Ordinal);
        Assert.Contains("Classes</h2>", File.ReadAllText(Path.Combine(run, "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Model_that_serves_is_that_of_the_best_look()
    {
        string run = _folder.File("run"), until = _folder.File("until");
        FinetuneRecipe recipe = SmallFinetune.Recipe(DrawnClasses.Write(_folder.File("data"), 24, 1, classes: 3), epochs: 6);
        SmallFinetune.Train(run, recipe);
        double[] looks = SmallFinetune.Figures(run, ClassificationMetrics.Top1)[1..];
        int best = Array.IndexOf(looks, looks.Max());
        SmallFinetune.Train(until, recipe, lastStep: (best + 1) * 6);                 // 54 pictures in batches of 8: six steps an epoch
        Assert.Equal(Weights(until), Weights(run));
    }

    [Fact]
    public void Run_ends_when_it_has_not_become_better_for_as_long_as_it_was_told()
    {
        string run = _folder.File("run");
        FinetuneRecipe recipe = SmallFinetune.Recipe(DrawnClasses.Write(_folder.File("data"), 16, 1), epochs: 50);
        recipe = recipe with { Run = recipe.Run with { Patience = 2 }, Optimizer = recipe.Optimizer with { LearningRate = new LearningRateSettings { Base = 1e-12, Minimum = 0, Unit = ScheduleUnit.Step } } };
        SmallFinetune said = SmallFinetune.Train(run, recipe);
        Assert.Equal(4, SmallFinetune.Figures(run, ClassificationMetrics.Top1).Length);             // before training, the best, and two that are no better
        Assert.Contains(said.Said, line => line.StartsWith("ended after step 9 of 150: no better model in 2 looks", StringComparison.Ordinal));
        string[] lines = SmallFinetune.Lines(run);
        Assert.Contains(SmallFinetune.Train(run, recipe).Said, line => line.StartsWith("ended after step 9", StringComparison.Ordinal));
        Assert.Equal(lines, SmallFinetune.Lines(run));
    }

    [Fact]
    public void Classifier_goes_on_from_another_with_its_head_or_a_new_one()
    {
        string data = DrawnClasses.Write(_folder.File("data"), 16, 1), first = _folder.File("first"), three = DrawnClasses.Write(_folder.File("three"), 16, 1, classes: 3);
        SmallFinetune.Train(first, SmallFinetune.Recipe(data));
        FinetuneRecipe onward = SmallFinetune.Recipe(data, epochs: 1) with { Model = first, Encoder = null };
        onward = onward with { Optimizer = onward.Optimizer with { LearningRate = new LearningRateSettings { Base = 1e-12, Minimum = 0, Unit = ScheduleUnit.Step }, WeightDecay = new WeightDecaySettings { Start = 0, End = null } } };
        SmallFinetune.Train(_folder.File("kept"), onward);
        Assert.Equal(Weights(first), Weights(_folder.File("kept")), (one, other) => Math.Abs(one - other) < 1e-6);
        Assert.Equal(SmallFinetune.Figures(first, ClassificationMetrics.Top1)[1..].Max(), SmallFinetune.Figures(_folder.File("kept"), ClassificationMetrics.Top1)[0]);

        RunException refusal = Assert.Throws<RunException>(() => SmallFinetune.Train(_folder.File("other"), onward.WithSources([three])));
        Assert.Contains("2 classes (blue, green)", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("3 (blue, green, red)", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("head.start=reset", refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("other")));

        SmallFinetune.Train(_folder.File("other"), onward.WithSources([three]) with { Head = new HeadRecipe { Start = HeadStart.Reset } });
        using ImageClassifier classifier = ImageClassifier.Load(_folder.File("other"));
        Assert.Equal(["blue", "green", "red"], classifier.ClassNames);
    }

    [Fact]
    public void Encoder_of_a_pre_training_run_gives_its_weights_or_only_its_network()
    {
        string data = DrawnClasses.Write(_folder.File("data"), 16, 1), encoder = _folder.File("encoder");
        SmallRun.Train(encoder, SmallRun.Recipe(), lastStep: 2);
        FinetuneRecipe recipe = SmallFinetune.Recipe(data, epochs: 2) with { Model = encoder, Encoder = null, ImageSize = ImageSize.Square(24), Freezing = new Freezing { Body = true } };
        SmallFinetune.Train(_folder.File("warm"), recipe);
        SmallFinetune.Train(_folder.File("cold"), recipe with { Start = StartWeights.Scratch });
        using ModelFile from = ModelFile.Open(Path.Combine(encoder, "model.safetensors")), warm = ModelFile.Open(Path.Combine(_folder.File("warm"), "model.safetensors")), cold = ModelFile.Open(Path.Combine(_folder.File("cold"), "model.safetensors"));
        const string key = "encoder.block.1.mlp.0.weight";
        Assert.True(from.Weights[key].Values.Span.SequenceEqual(warm.Weights[key].Values.Span));
        Assert.False(from.Weights[key].Values.Span.SequenceEqual(cold.Weights[key].Values.Span));
        Assert.Equal((warm.Network.Config, ImageSize.Square(24)), (cold.Network.Config, cold.Description.ImageSize));
    }

    [Fact]
    public void Loss_that_is_not_finite_ends_the_run_before_the_step()
    {
        FinetuneRecipe wild = RecipeJson.Set(SmallFinetune.Recipe(DrawnClasses.Write(_folder.File("data"), 16, 1)), ["optimizer.learning_rate.base=1e30", "optimizer.learning_rate.warm_up_steps=0", "optimizer.learning_rate.shape=constant"]);
        RunException refusal = Assert.Throws<RunException>(() => SmallFinetune.Train(_folder.File("run"), wild));
        Assert.Contains("is NaN at step", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recipe_survives_its_file()
    {
        foreach (string name in FinetuneRecipes.Names)
        {
            FinetuneRecipe recipe = FinetuneRecipes.Get(name) with { ImageSize = new ImageSize(32, 48), Model = "runs/x", Encoder = null };
            Assert.Empty(RecipeJson.Differences(recipe, RecipeJson.Read<FinetuneRecipe>(RecipeJson.Write(recipe), "a test")));
        }
    }

    private static float[] Weights(string run)
    {
        using ModelFile model = ModelFile.Open(Path.Combine(run, "model.safetensors"));
        return [.. model.Weights.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value.Values.ToArray())];
    }
}
