using System.Text;
using Fovea.Tests.Images.Sources;
using Fovea.Training.Data;
using Fovea.Training.Tests.Data.Index;

namespace Fovea.Training.Tests.Data.Sources;

public sealed class DataSourceTests : IDisposable
{
    private readonly PictureTree _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("train training test val", SourceUse.Training, "training")]
    [InlineData("val train", SourceUse.Training, "train")]
    [InlineData("train test val validation", SourceUse.Test, "test")]
    [InlineData("train validation val", SourceUse.Test, "val")]
    [InlineData("train validation", SourceUse.Test, "validation")]
    [InlineData("train extra", SourceUse.All, "train+extra")]
    public void Split_is_taken_by_what_the_data_are_for(string splits, object use, string taken)
    {
        string info = Info(splits.Split(' '));
        Assert.Equal($"{info}#{taken}", Single(info, (SourceUse)use).ToString());
    }

    [Theory]
    [InlineData("#extra", "#extra")]
    [InlineData("#extra+train@2", "#extra+train@2")]
    [InlineData("@0.25", "#train@0.25")]
    [InlineData("#train@1", "#train")]
    public void Named_splits_and_factors_are_those_taken(string written, string taken)
    {
        string info = Info("train", "extra");
        Assert.Equal(info + taken, Single(info + written, SourceUse.Training).ToString());
    }

    [Fact]
    public void Data_without_a_split_for_the_purpose_are_refused_with_those_that_there_are()
    {
        string info = Info("fold1", "fold2");
        Assert.Equal($"{info}: has no split training or train; it has fold1, fold2: name one, {info}#fold1.", Assert.Throws<TrainingDataException>(() => Single(info, SourceUse.Training)).Message);
        Assert.StartsWith($"{info}: has no split test or val or validation;", Assert.Throws<TrainingDataException>(() => Single(info, SourceUse.Test)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Path_that_exists_is_that_path_whatever_is_in_it()
    {
        _data.Add("odd#name@2/a.png", Samples.Png(1));
        DataSource source = Single(_data["odd#name@2"], SourceUse.Training);
        Assert.Equal((_data["odd#name@2"], 1.0), (source.Path, source.Factor));
        Assert.Equal(3, Single(_data["odd#name@2"] + "@3", SourceUse.Training).Factor);
    }

    [Fact]
    public void Split_of_what_has_none_is_refused()
    {
        _data.Add("p/a.png", Samples.Png(1));
        Assert.Contains("has no splits, so '#train' says nothing", Assert.Throws<ImageException>(() => Single(_data["p"] + "#train", SourceUse.Training)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Archive_that_is_not_there_is_refused_before_anything_is_read()
    {
        string info = Info("train");
        File.Delete(_data["train.tar"]);
        Assert.Contains("names the archive 'train.tar', which is not there", Assert.Throws<ImageException>(() => Single(info, SourceUse.Training)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Factor_below_0_and_no_source_at_all_are_refused()
    {
        Assert.Throws<FormatException>(() => Single(Info("train") + "@-1", SourceUse.Training));
        Assert.Throws<ArgumentException>(() => DataSource.Parse([], SourceUse.Training));
    }

    private static DataSource Single(string argument, SourceUse use) => Assert.Single(DataSource.Parse([argument], use));

    private string Info(params string[] splits)
    {
        foreach (string split in splits) _data.Add($"{split}.tar", Samples.Archive(1));
        string parts = string.Join(',', splits.Select(split => $"\"{split}\": {{\"filenames\": [\"{split}.tar\"]}}"));
        return _data.Add("_info.json", Encoding.UTF8.GetBytes($"{{\"splits\": {{{parts}}}}}"));
    }
}
