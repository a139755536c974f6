using Fovea.Images;
using Fovea.Tests;
using Fovea.Training.Annotations;

namespace Fovea.Training.Tests.Annotations.Masks;

public class LabelPictureTests
{
    [Fact]
    public void Pictures_with_colours_and_other_formats_are_refused_by_name()
    {
        string picture = Directory.GetFiles(TestFolders.InRepository("samples", "images"), "*.png").Order(StringComparer.Ordinal).First(file => PngSamples.Read(File.ReadAllBytes(file), file, DecodeOptions.Default).Header.Channels > 1);
        Assert.Contains("mask.png: has", Assert.Throws<AnnotationException>(() => LabelPicture.Read(File.ReadAllBytes(picture), "mask.png")).Message, StringComparison.Ordinal);
        Assert.Contains("mask.jpg: is no PNG", Assert.Throws<AnnotationException>(() => LabelPicture.Read([0xFF, 0xD8, 0xFF], "mask.jpg")).Message, StringComparison.Ordinal);
    }
}
