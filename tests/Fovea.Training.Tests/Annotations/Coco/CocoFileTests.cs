using System.Text;
using Fovea.Tests;
using Fovea.Training.Annotations;

namespace Fovea.Training.Tests.Annotations.Coco;

public sealed class CocoFileTests : IDisposable
{
    private const string Small = """
        {"info": {"deep": [[1, {"a": "\"]}"}]]}, "images": [{"id": 4294967297, "width": 640, "height": 480.0, "file_name": "a/b.jpg"}, {"id": 2, "coco_url": "http://x/y/c.jpg"}],
        "categories": [{"id": 90, "name": "t\u00f6\"pf", "supercategory": "x"}, {"id": 3, "name": "b"}],
        "annotations": [{"segmentation": [[1, 2, 3]], "id": 9, "image_id": 4294967297, "category_id": 90, "bbox": [1e-05, 2.5, 3, 4], "area": 7.25, "iscrowd": 1},
        {"id": 5, "image_id": 2, "category_id": 3, "bbox": [1, 2, 3.5, 4], "ignore": true}]}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ids_beyond_32_bits_gaps_fractions_and_missing_fields_are_read_as_they_are()
    {
        CocoFile file = Read(Small);
        Assert.Equal([new CocoImage(4294967297, "a/b.jpg", 640, 480), new CocoImage(2, "c.jpg", 0, 0)], file.Images);
        Assert.Equal([new CocoCategory(90, "tö\"pf"), new CocoCategory(3, "b")], file.Categories);
        Assert.Equal(
            [new CocoAnnotation(9, 4294967297, 90, new CocoBox(1e-5, 2.5, 3, 4), 7.25, IsCrowd: true, IsIgnored: false), new CocoAnnotation(5, 2, 3, new CocoBox(1, 2, 3.5, 4), 14, IsCrowd: false, IsIgnored: true)],
            file.Annotations);
        Assert.Empty(file.Remarks);
    }

    [Fact]
    public void Byte_order_mark_changes_nothing() => Assert.Equal(Read(Small).Annotations, Read("\uFEFF" + Small).Annotations);

    /// <summary>Tokens lie across the ends of the buffer, one of them is longer than it.</summary>
    [Fact]
    public void File_longer_than_the_buffer_is_read_whole()
    {
        string mask = new('x', 200_000);
        IEnumerable<string> annotations = Enumerable.Range(1, 5000).Select(id => $$$"""{"id": {{{id}}}, "image_id": 1, "category_id": 1, "bbox": [{{{id}}}.5, 0, 1, 1], "segmentation": {"counts": "{{{(id == 7 ? mask : "1")}}}"}}""");
        CocoFile file = Read($$"""{"annotations": [{{string.Join(", ", annotations)}}], "images": [{"id": 1}], "categories": [{"id": 1, "name": "a"}]}""");
        Assert.Equal(Enumerable.Range(1, 5000).Select(id => (id, id + 0.5)), file.Annotations.Select(one => ((int)one.Id, one.Box.X)));
    }

    [Fact]
    public void Annotations_of_unknown_pictures_and_categories_are_left_out_and_listed()
    {
        CocoFile file = Read("""
            {"images": [{"id": 1}], "categories": [{"id": 1, "name": "a"}], "annotations": [{"id": 0, "image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1]},
            {"id": 21, "image_id": 8, "category_id": 1, "bbox": [0, 0, 1, 1]}, {"id": 22, "image_id": 1, "category_id": 5, "bbox": [0, 0, 1, 1]}]}
            """);
        Assert.Equal(0, Assert.Single(file.Annotations).Id);
        Assert.Equal(3, file.Remarks.Count);
        Assert.Contains("no picture", file.Remarks[0], StringComparison.Ordinal);
        Assert.Contains("21", file.Remarks[0], StringComparison.Ordinal);
        Assert.Contains("22", file.Remarks[1], StringComparison.Ordinal);
        Assert.Contains("id 0", file.Remarks[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[]""", "no list \"images\"")]
    [InlineData("""{"images": [], "categories": []}""", "no list \"annotations\"")]
    [InlineData("""{"images": {}, "categories": [], "annotations": []}""", "no list \"images\"")]
    [InlineData("""{"images": [{"id": 1}, {"id": 1}], "categories": [], "annotations": []}""", "two images have the id 1")]
    [InlineData("""{"images": [], "categories": [{"id": 1}], "annotations": []}""", "category 1 has no \"name\"")]
    [InlineData("""{"images": [{"id": 1.5}], "categories": [], "annotations": []}""", "\"id\" of image number 1 is not a whole number")]
    [InlineData("""{"images": [], "categories": [], "annotations": [{"id": 8, "bbox": [1, 2, 3]}]}""", "\"bbox\" of annotation 8 is not a list of four")]
    [InlineData("""{"images": [], "categories": [], "annotations": [{"id": 8, "bbox": [1, 2, 3, 1e999]}]}""", "\"bbox\" of annotation 8")]
    [InlineData("""{"images": [], "categories": [], "annotations": [{"id": 8, "bbox": [1, 2, 3, NaN]}]}""", "no valid JSON at line 1")]
    [InlineData("""{"images": [], "categories": [], "annotations": [7]}""", "annotation number 1")]
    public void What_cannot_be_used_is_named(string json, string words)
    {
        AnnotationException refused = Assert.Throws<AnnotationException>(() => Read(json));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.Contains("file.json", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Absent_file_is_named() =>
        Assert.Contains("nowhere.json", Assert.Throws<AnnotationException>(() => CocoFileReader.Read(_folder.File("nowhere.json"))).Message, StringComparison.Ordinal);

    [Fact]
    public void File_that_is_cut_anywhere_is_refused()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Small);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(_folder.File("file.json"), whole[..length]);
            Assert.Throws<AnnotationException>(() => CocoFileReader.Read(_folder.File("file.json")));
        }
    }

    [Fact]
    public void Flipped_bits_are_refused_or_read_but_nothing_else_is_thrown()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Small);
        int refused = 0;
        for (int bit = 0; bit < 8 * whole.Length; bit += 3)
        {
            byte[] flipped = [.. whole];
            flipped[bit / 8] ^= (byte)(1 << bit % 8);
            File.WriteAllBytes(_folder.File("file.json"), flipped);
            try
            {
                CocoFileReader.Read(_folder.File("file.json"));
            }
            catch (AnnotationException)
            {
                refused++;
            }
        }
        Assert.NotEqual(0, refused);
    }

    [Fact]
    public void Results_of_unknown_pictures_are_refused_and_of_unknown_categories_kept()
    {
        CocoFile truth = Read(Small);
        Assert.Equal(77, Assert.Single(Results("""[{"image_id": 2, "category_id": 77, "bbox": [0, 0, -1, 1], "score": 0.1}]""", truth)).CategoryId);
        Assert.Empty(Results("[]", truth));
        Refused("""[{"image_id": 3, "category_id": 3, "bbox": [0, 0, 1, 1], "score": 0.1}]""", "1 pictures that the ground truth does not have (image_id 3)");
        Refused("""[{"image_id": 2, "category_id": 3, "bbox": [0, 0, 1, 1], "score": Infinity}]""", "no valid JSON");
        Refused("""[{"image_id": 2, "category_id": 3, "bbox": [0, 0, 1, 1]}]""", "result number 1 has no \"score\"");
        Refused("""{"annotations": []}""", "no COCO result file");

        void Refused(string json, string words) => Assert.Contains(words, Assert.Throws<AnnotationException>(() => Results(json, truth)).Message, StringComparison.Ordinal);
    }

    private CocoFile Read(string json)
    {
        File.WriteAllText(_folder.File("file.json"), json);
        return CocoFileReader.Read(_folder.File("file.json"));
    }

    private IReadOnlyList<CocoDetection> Results(string json, CocoFile truth)
    {
        File.WriteAllText(_folder.File("results.json"), json);
        return CocoResults.Read(_folder.File("results.json"), truth);
    }
}
