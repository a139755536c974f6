using System.Text;
using Fovea.Tests;
using Fovea.Training.Data;
using Fovea.Training.Runs.Classification;
using Fovea.Training.Runs.Recipes;
using Fovea.Training.Runs.Training;
using Fovea.Training.Tasks;
using Fovea.Training.Tests.Data.Index;

namespace Fovea.Training.Tests.Runs;

public sealed class ClassificationDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [], _warned = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_part_of_every_class_is_held_out_by_the_seed_alone()
    {
        string data = DrawnClasses.Write(_folder.File("data"), 10, 1, classes: 3);
        using ClassificationData one = Open(Recipe(data)), again = Open(Recipe(data)), other = Open(Recipe(data) with { Run = new FinetuneRunRecipe { Seed = 8 } });
        Assert.Equal((24, 6), (one.Training.Count, one.Validation!.Count));
        Assert.Equal([2, 2, 2], Labels(one.Validation).CountBy(label => label).OrderBy(pair => pair.Key).Select(pair => pair.Value));
        Assert.Equal([8, 8, 8], one.Counts);
        Assert.Empty(Names(one.Training).Intersect(Names(one.Validation)));
        Assert.Equal(Names(one.Validation), Names(again.Validation!));
        Assert.NotEqual(Names(one.Validation), Names(other.Validation!));
    }

    [Fact]
    public void Nothing_is_held_out_where_validation_pictures_are_named()
    {
        string data = DrawnClasses.Write(_folder.File("data"), 10, 1), other = DrawnClasses.Write(_folder.File("other"), 4, 2);
        FinetuneRecipe recipe = Recipe(data);
        using ClassificationData opened = Open(recipe with { Data = recipe.Data with { Validation = [other] } });
        Assert.Equal((20, 8), (opened.Training.Count, opened.Validation!.Count));
    }

    [Fact]
    public void Info_names_the_classes_and_its_validation_split_is_taken()
    {
        string info = Info(["cat", "dog"], ("train", [0, 1, 10, 11]), ("val", [20, 21]));
        using ClassificationData data = Open(Recipe(info));
        Assert.Equal(["cat", "dog"], data.Classes.Names);
        Assert.Equal((4, 2), (data.Training.Count, data.Validation!.Count));
        Assert.Contains(_said, line => line.StartsWith($"{info}#val: 2 pictures", StringComparison.Ordinal));
    }

    [Fact]
    public void Archive_without_info_has_numbers_for_classes()
    {
        string archive = _folder.File("some.tar");
        File.WriteAllBytes(archive, Samples.Archive(0, 1, 2, 10, 11, 12));
        using ClassificationData data = Open(Recipe(archive));
        Assert.Equal((0, 3, "2"), (data.Classes.Names.Count, data.Classes.Count, data.Classes[2]));
    }

    [Fact]
    public void Pictures_without_a_label_are_left_out_and_counted()
    {
        string archive = _folder.File("some.tar");
        File.WriteAllBytes(archive, [.. Samples.Archive(0, 1, 10, 11)[..^1024], .. Samples.Archive(("000099.png", Samples.Png(99)))]);
        using ClassificationData data = Open(Recipe(archive));
        Assert.Equal(4, data.Training.Count + data.Validation!.Count);
        Assert.Contains("1 pictures have no label and are left out.", _warned);
    }

    [Fact]
    public void Class_without_a_picture_to_train_on_is_named_and_weighs_nothing()
    {
        string info = Info(["cat", "dog", "owl"], ("train", [0, 1, 11, 21]), ("val", [20, 22]));
        using ClassificationData data = Open(Recipe(info));
        Assert.Contains("1 classes have no picture to train on and will not be learned: owl.", _warned);
        Assert.Equal([1, 3, 0], data.Counts);
        Assert.Equal([4.0 / 3, 4.0 / 9, 4.0 / 9, 4.0 / 9], data.SampleWeights(ClassWeighting.Balanced).OrderDescending().Select(weight => weight));
    }

    [Fact]
    public void Balanced_sampling_shows_a_rare_class_as_often_as_the_others()
    {
        string data = DrawnClasses.Write(_folder.File("data"), 20, 1);
        foreach (string file in Directory.GetFiles(Path.Combine(data, "green")).Skip(5)) File.Delete(file);
        FinetuneRecipe recipe = Recipe(data);
        recipe = recipe with { Data = recipe.Data with { Sampling = ClassWeighting.Balanced } };
        using ClassificationData opened = Open(recipe);
        using ClassifierStart start = ClassifierStart.Of(recipe, opened.Classes, null);
        using FinetuneSetup setup = FinetuneSetup.Create(recipe, start, opened, new ModelOrigin());
        Assert.Equal([16, 4], opened.Counts);
        int[] shown = [.. setup.Loader.Read(cancellationToken: TestContext.Current.CancellationToken).Take(40).SelectMany(batch => batch.Targets)];
        // Of the 20 pictures of an epoch 10 are of each class; the four behind the last whole batch are left out.
        Assert.Equal(0.5, shown.Average(), 0.07);
    }

    [Fact]
    public void Data_that_cannot_be_learned_are_refused_with_a_sentence()
    {
        string pictures = Directory.CreateDirectory(_folder.File("flat")).FullName;
        File.WriteAllBytes(Path.Combine(pictures, "a.png"), Samples.Png(1));
        Refused(Recipe(pictures), "a.png", "no class folder");
        File.WriteAllBytes(_folder.File("none.tar"), Samples.Archive(("1.png", Samples.Png(1)), ("2.png", Samples.Png(2))));
        Refused(Recipe(_folder.File("none.tar")), "none.tar", "no picture has a label");
        Refused(Recipe(DrawnClasses.Write(_folder.File("one"), 3, 1, classes: 1)), "one", "blue", "at least two");
        FinetuneRecipe two = Recipe(DrawnClasses.Write(_folder.File("two"), 4, 1));
        Refused(two with { Data = two.Data with { Validation = [DrawnClasses.Write(_folder.File("three"), 2, 1, classes: 3)] } }, "red", "none of the 2 classes");
        Refused(two with { Data = two.Data with { HeldOut = 1 } }, "data.held_out is 1");
        Refused(Recipe(DrawnClasses.Write(_folder.File("single"), 1, 1)), "hold out", "two pictures or more");
    }

    [Fact]
    public void Classes_that_differ_between_training_and_validation_are_listed()
    {
        string train = Info(["cat", "dog"], ("train", [0, 1]), ("test", [10, 11])), other = Info(["cat", "wolf"], ("val", [0, 1]));
        FinetuneRecipe recipe = Recipe(train);
        Refused(recipe with { Data = recipe.Data with { Validation = [other] } }, "different classes", "lacks dog", "adds wolf");
        Refused(recipe with { Data = recipe.Data with { Validation = [Info(["dog", "cat"], ("val", [0, 1]))] } }, "another order");
        Refused(recipe with { Data = recipe.Data with { Validation = [train + "#test"], Sources = [train, other + "#val"] } }, "different classes");
        Refused(Recipe(Info(["cat"], ("train", [0, 1]))), "label 1", "there are 1 classes");
    }

    private static FinetuneRecipe Recipe(string data)
    {
        FinetuneRecipe recipe = SmallFinetune.Recipe(data);
        return recipe with { Data = recipe.Data with { HeldOut = 0.2 } };
    }

    private ClassificationData Open(FinetuneRecipe recipe) => ClassificationData.Open(recipe, new TrainingSession(null!, _said.Add, _warned.Add), TestContext.Current.CancellationToken);

    private void Refused(FinetuneRecipe recipe, params string[] words)
    {
        TrainingDataException refusal = Assert.Throws<TrainingDataException>(() => Open(recipe).Dispose());
        Assert.All(words, word => Assert.Contains(word, refusal.Message, StringComparison.Ordinal));
    }

    private string Info(string[] classes, params (string Split, byte[] Reds)[] splits)
    {
        string folder = Directory.CreateDirectory(_folder.File(Guid.NewGuid().ToString("N"))).FullName;
        foreach ((string split, byte[] reds) in splits) File.WriteAllBytes(Path.Combine(folder, $"{split}.tar"), Samples.Archive(reds));
        string list = string.Join(",", splits.Select(split => $"\"{split.Split}\":{{\"name\":\"{split.Split}\",\"filenames\":[\"{split.Split}.tar\"],\"num_samples\":{split.Reds.Length}}}"));
        File.WriteAllText(Path.Combine(folder, "_info.json"), $"{{\"classes\":[{string.Join(",", classes.Select(name => $"\"{name}\""))}],\"splits\":{{{list}}}}}", new UTF8Encoding(false));
        return Path.Combine(folder, "_info.json");
    }

    private static IEnumerable<int> Labels(IPictureSet pictures) => Enumerable.Range(0, pictures.Count).Select(sample => pictures.LabelOf(sample)!.Value);

    private static string[] Names(IPictureSet pictures) => [.. Enumerable.Range(0, pictures.Count).Select(pictures.NameOf)];
}
