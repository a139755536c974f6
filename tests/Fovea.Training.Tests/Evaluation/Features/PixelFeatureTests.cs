using Fovea.Images;
using Fovea.Tests;
using Fovea.Training.Evaluation;

namespace Fovea.Training.Tests.Evaluation.Features;

public class PixelFeatureTests
{
    [Fact]
    public void Features_are_levels_less_the_mean_of_the_picture()
    {
        using RgbImage image = new(new ImageSize(1, 2));
        byte[] pixels = [0, 51, 102, 9, 153, 204, 255, 9];                     // the fourth byte means nothing
        pixels.CopyTo(image.Pixels);
        float[] features = new float[6];
        PixelFeatures.Describe(image, image.Size, features);
        float[] expected = [-0.5f, -0.3f, -0.1f, 0.1f, 0.3f, 0.5f];
        for (int index = 0; index < 6; index++) Assert.Equal(expected[index], features[index], 1e-6f);         // one rounding to float32
    }

    [Fact]
    public async Task Source_gives_one_row_for_each_picture_and_reports_the_others()
    {
        using TemporaryFolder folder = new();
        foreach (string file in Directory.GetFiles(TestFolders.InRepository("samples", "images"), "*.jpg").Order().Take(3)) File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(folder.Path, "broken.jpg"), "no picture");
        List<string> skipped = [];
        FeatureSet set = await PixelFeatures.ReadAsync(ImageSource.Folder(folder.Path), [], skipped: (name, _) => skipped.Add(name));
        Assert.Equal(["broken.jpg"], skipped);
        Assert.Equal(3, set.Count);
        Assert.Equal(32 * 32 * 3, set.Features.Width);
        Assert.All(set.Labels, label => Assert.Equal(FeatureSet.Unlabelled, label));
        double[] row = new double[set.Features.Width];
        set.Features.Read(0, row);
        Assert.Equal(0, row.Average(), 1e-7);                                  // float32 of 3072 numbers below 1
    }
}
