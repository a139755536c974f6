using Fovea.Images;
using Fovea.Tests;
using Fovea.Tests.Images;
using Fovea.Training.Annotations;
using Fovea.Training.Data;

namespace Fovea.Training.Tests.Data.Detection;

public sealed class DetectionSourcesTests : IDisposable
{
    private static readonly ImageSize Size = new(30, 40);
    private static readonly BoundingBox Box = new(4, 6, 20, 26);

    private readonly DetectionFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Voc_files_beside_pictures_are_read()
    {
        _folder.Picture("b.png", Size, Box);
        _folder.Text("b.xml", DetectionFolder.Voc(Size, "cell", Box));
        _folder.Picture("inner/a.png", Size, Box);
        _folder.Text("inner/a.xml", DetectionFolder.Voc(Size, "blob", Box, "<difficult>1</difficult>"));
        using DetectionSet set = Open(_folder.Path);
        Assert.Equal(["blob", "cell"], set.Categories.Select(category => category.Name));
        Assert.Equal(["b.png", "inner/a.png"], Enumerable.Range(0, set.Count).Select(set.NameOf));
        Assert.Equal([new LabelledBox(1, Box, IsRegion: false)], set.ObjectsOf(0));
        Assert.Equal([new LabelledBox(0, Box, IsRegion: true)], set.ObjectsOf(1));
    }

    [Fact]
    public void Voc_layout_takes_the_pictures_of_its_split_lists()
    {
        foreach (string stem in (string[])["one", "two", "three"])
        {
            _folder.Picture($"voc/JPEGImages/{stem}.png", Size, Box);
            _folder.Text($"voc/Annotations/{stem}.xml", DetectionFolder.Voc(Size, "cell", Box));
        }
        _folder.Text("voc/ImageSets/Main/train.txt", "two\none  -1\n");
        _folder.Text("voc/ImageSets/Main/bad.txt", "two\nfour\n");
        using DetectionSet set = Open($"{_folder.File("voc")}#train");
        Assert.Equal(["one.png", "two.png"], Enumerable.Range(0, set.Count).Select(set.NameOf));
        Assert.Contains("four", Assert.Throws<AnnotationException>(() => Open($"{_folder.File("voc")}#bad")).Message, StringComparison.Ordinal);
        Assert.Contains("test.txt", Assert.Throws<AnnotationException>(() => Open($"{_folder.File("voc")}#test")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Coco_file_finds_its_pictures_and_others_are_left_out()
    {
        _folder.Picture("x/1.png", Size, Box);
        _folder.Picture("y/1.png", Size, Box);
        _folder.Picture("y/2.png", Size, Box);
        _folder.Text("gt.json", """
            {"images": [{"id": 70, "file_name": "y/1.png", "width": 40, "height": 30}, {"id": 60, "file_name": "2.png"}], "categories": [{"id": 9, "name": "b"}, {"id": 4, "name": "a"}],
            "annotations": [{"id": 1, "image_id": 70, "category_id": 9, "bbox": [4, 6, 16, 20], "iscrowd": 1}, {"id": 2, "image_id": 70, "category_id": 4, "bbox": [4, 6, 16, 20]}]}
            """);
        using DetectionSet set = new DetectionSources { AnnotationFile = _folder.File("gt.json") }.Open([_folder.Path], SourceUse.All);
        Assert.Equal([("y/1.png", 70L), ("y/2.png", 60L)], Enumerable.Range(0, set.Count).Select(sample => (set.NameOf(sample), set.ImageOf(sample).Id)));
        Assert.Equal([new LabelledBox(1, Box, IsRegion: true), new LabelledBox(0, Box, IsRegion: false)], set.ObjectsOf(0));
        Assert.Empty(set.ObjectsOf(1));
        Assert.Contains("left out", Assert.Single(set.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_pictures_annotations_and_classes_are_listed()
    {
        _folder.Picture("1.png", Size, Box);
        _folder.Picture("2.png", Size, Box);
        _folder.Text("1.xml", DetectionFolder.Voc(Size, "cell", Box));
        Assert.Contains("1 pictures have no annotations (2.png)", Assert.Throws<AnnotationException>(() => Open(_folder.Path)).Message, StringComparison.Ordinal);
        _folder.Text("2.xml", DetectionFolder.Voc(Size, "dog", Box));
        DetectionSources known = new() { Categories = VocClasses.Number(["cell"]) };
        Assert.Contains("dog in 2.png", Assert.Throws<AnnotationException>(() => known.Open([_folder.Path], SourceUse.All)).Message, StringComparison.Ordinal);
        _folder.Text("gt.json", """{"images": [{"id": 1, "file_name": "7.png"}, {"id": 2, "file_name": "1.png"}], "categories": [{"id": 1, "name": "dog"}], "annotations": []}""");
        Assert.Contains("7.png", Assert.Throws<AnnotationException>(() => new DetectionSources { AnnotationFile = _folder.File("gt.json") }.Open([_folder.Path], SourceUse.All)).Message, StringComparison.Ordinal);
        Assert.Contains("dog", Assert.Throws<AnnotationException>(() => (new DetectionSources { Categories = known.Categories, AnnotationFile = _folder.File("gt.json") }).Open([_folder.Path], SourceUse.All)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_without_an_object_to_learn_from_are_left_out()
    {
        string empty = "<annotation/>", dot = DetectionFolder.Voc(Size, "cell", new BoundingBox(3, 3, 4, 4)), difficult = DetectionFolder.Voc(Size, "cell", Box, "<difficult>1</difficult>");
        foreach ((int number, string xml) in ((string[])[empty, dot, difficult, DetectionFolder.Voc(Size, "cell", Box), empty]).Index())
        {
            _folder.Picture($"{number}.png", Size, Box);
            _folder.Text($"{number}.xml", xml);
        }
        using DetectionSet set = Open(_folder.Path);
        List<string> remarks = [];
        Assert.Equal(["3.png"], Names(TrainablePictures.Of(set, keepEmpty: 0, remarks)));
        Assert.Contains("1.png", remarks[0], StringComparison.Ordinal);
        Assert.Equal(["3.png", "4.png"], Names(TrainablePictures.Of(set, keepEmpty: 0.5, remarks)));
        Assert.Equal(["0.png", "3.png", "4.png"], Names(TrainablePictures.Of(set, keepEmpty: 1, remarks)));
        Assert.Throws<AnnotationException>(() => TrainablePictures.Of(set.Choose(sample => sample == 1), keepEmpty: 0, remarks));
    }

    /// <summary>Stored on its side (orientation 6): turned where the annotation names the upright size, left where it names the stored one, left and named where it fits neither.</summary>
    [Fact]
    public void Picture_on_its_side_is_turned_when_only_then_it_has_the_annotated_size()
    {
        byte[] jpeg = EncodedPictures.JpegWithOrientation(6);
        using RgbImage stored = ImageDecoder.Decode(jpeg, "stored", DecodeOptions.Default);
        ImageSize upright = new(stored.Size.Width, stored.Size.Height);
        Assert.NotEqual(upright, stored.Size);
        foreach ((string name, ImageSize annotated) in (ReadOnlySpan<(string, ImageSize)>)[("a", upright), ("b", stored.Size), ("c", new ImageSize(7, 7))])
        {
            File.WriteAllBytes(_folder.File($"{name}.jpg"), jpeg);
            _folder.Text($"{name}.xml", DetectionFolder.Voc(annotated, "cell", new BoundingBox(1, 1, 5, 5)));
        }
        using DetectionSet set = Open(_folder.Path);
        Assert.Equal([upright, stored.Size, stored.Size], Enumerable.Range(0, 3).Select(sample =>
        {
            using RgbImage picture = set.Open(sample);
            return picture.Size;
        }));
        Assert.Equal(["c.jpg"], set.OtherSizes);
    }

    [Fact]
    [Trait("Category", "Data")]
    public void Blood_cells_and_coco_mini_are_read_whole()
    {
        using DetectionSet cells = Open(Path.Combine(TestFolders.Data("bccd"), "_info.json") + "#train");
        Assert.Equal((205, 2805), (cells.Count, cells.Annotations.Count));
        Assert.Equal(["RBC", "WBC", "Platelets"], cells.Categories.Select(category => category.Name));
        Assert.All(Enumerable.Range(0, cells.Count), sample => Assert.All(cells.ObjectsOf(sample), one => Assert.True(one.Box is { Left: >= 0, Top: >= 0, Right: <= 640, Bottom: <= 480 }, $"{one.Box}")));
        using DetectionSet coco = Open(Path.Combine(TestFolders.Data("coco_mini"), "_info.json") + "#val");
        Assert.Equal((56, 483, 80), (coco.Count, coco.Annotations.Count, coco.Categories.Count));
        using RgbImage first = coco.Open(0);
        Assert.Equal((coco.ImageOf(0).Height, coco.ImageOf(0).Width), (first.Size.Height, first.Size.Width));
        Assert.Empty(coco.OtherSizes);
    }

    private static DetectionSet Open(string source) => new DetectionSources().Open([source], SourceUse.All);

    private static string[] Names(DetectionSet set) => [.. Enumerable.Range(0, set.Count).Select(set.NameOf)];
}
