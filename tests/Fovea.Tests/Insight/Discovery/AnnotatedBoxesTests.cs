using System.Globalization;
using Fovea.Insight;

namespace Fovea.Tests.Insight.Discovery;

public sealed class AnnotatedBoxesTests : IDisposable
{
    private const string Voc = """
        <annotation><object><name>dog</name><part><name>head</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax></bndbox></part>
        <difficult>1</difficult><bndbox><ymax>40</ymax><xmin>11</xmin><ymin>21</ymin><xmax>30.5</xmax></bndbox></object>
        <size><width>100</width><height>80</height><depth>3</depth></size></annotation>
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Voc_counts_from_one_and_includes_the_last_pixel()
    {
        Directory.CreateDirectory(_folder.File("Annotations"));
        File.WriteAllText(_folder.File("Annotations/a.xml"), Voc);
        AnnotatedPicture found = AnnotatedBoxes.Open(_folder.Path).Find("photos/a.jpg")!;
        Assert.Equal(new ImageSize(80, 100), found.Size);
        Assert.Equal([new PixelBox(10, 20, 30.5, 40)], found.Boxes);               // the part's own box is passed over
        Assert.Null(AnnotatedBoxes.Open(_folder.Path).Find("b.jpg"));
    }

    [Fact]
    public void Coco_leaves_out_crowds_and_keeps_pictures_without_objects()
    {
        File.WriteAllText(_folder.File("i.json"), """
            {"images":[{"id":7,"file_name":"x/000001.jpg","width":64,"height":48},{"id":8,"file_name":"2.png","width":10,"height":10}],
             "annotations":[{"image_id":7,"bbox":[1,2,3.5,4],"iscrowd":0},{"image_id":7,"bbox":[0,0,64,48],"iscrowd":1}]}
            """);
        AnnotatedBoxes boxes = AnnotatedBoxes.Open(_folder.File("i.json"));
        Assert.Equal([new PixelBox(1, 2, 4.5, 6)], boxes.Find("coco-val-00/000001")!.Boxes);
        Assert.Empty(boxes.Find("2.png")!.Boxes);
        Assert.Equal(2, boxes.Count);
    }

    [Theory]
    [InlineData("a.xml", "<annotation><object/></annotation>", "size")]
    [InlineData("a.xml", "<annotation", "Pascal VOC")]
    [InlineData("a.xml", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><annotation>&e;</annotation>", "DTD")]
    [InlineData("a.xml", "<annotation><size><width>0</width><height>5</height></size></annotation>", "0 pixels")]
    [InlineData("a.xml", "<html/>", "<html>")]
    [InlineData("a.json", "{}", "images")]
    [InlineData("a.json", "[1,2", "COCO")]
    [InlineData("a.json", """{"images":[],"annotations":[{"image_id":1,"bbox":[1,2,3,4]}]}""", "image 1")]
    [InlineData("a.json", """{"images":[{"id":1,"file_name":"a.jpg","width":5,"height":5}],"annotations":[{"image_id":1,"bbox":[1,2,3]}]}""", "3 numbers")]
    [InlineData("a.json", """{"images":[{"id":1,"file_name":null,"width":5,"height":5}],"annotations":[]}""", "null as file_name")]
    [InlineData("a.json", """{"images":[{"id":1,"file_name":"a/1.jpg","width":5,"height":5},{"id":2,"file_name":"b/1.jpg","width":5,"height":5}],"annotations":[]}""", "'1'")]
    public void Other_files_are_answered_by_a_sentence(string name, string content, string word)
    {
        File.WriteAllText(_folder.File(name), content);
        string message = Assert.Throws<AnnotationException>(() => AnnotatedBoxes.Open(_folder.File(name))).Message;
        Assert.Contains(word, message, StringComparison.Ordinal);
        Assert.Contains(name, message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_is_answered_too()
    {
        Assert.Contains("no such file", Assert.Throws<AnnotationException>(() => AnnotatedBoxes.Open(_folder.File("none.json"))).Message, StringComparison.Ordinal);
        Assert.Contains("no .xml", Assert.Throws<AnnotationException>(() => AnnotatedBoxes.Open(_folder.Path)).Message, StringComparison.Ordinal);
    }

    /// <summary>Every file cut at every byte: its own exception or a good reading, nothing else.</summary>
    [Theory]
    [InlineData("a.xml", Voc)]
    [InlineData("a.json", """{"images":[{"id":1,"file_name":"a.jpg","width":5,"height":5}],"annotations":[{"image_id":1,"bbox":[1,2,3,4],"iscrowd":0}]}""")]
    public void Damaged_files_end_in_its_own_exception(string name, string content)
    {
        for (int length = 0; length < content.Length; length++)
        {
            File.WriteAllText(_folder.File(name), content[..length]);
            Assert.Throws<AnnotationException>(() => AnnotatedBoxes.Open(_folder.File(name)));
            char[] flipped = content.ToCharArray();
            flipped[length] = (char)(flipped[length] ^ 1);
            File.WriteAllText(_folder.File(name), new string(flipped));
            try
            {
                AnnotatedBoxes.Open(_folder.File(name));
            }
            catch (AnnotationException refusal)
            {
                Assert.NotEmpty(refusal.Message);
            }
        }
    }

    [Fact]
    public void Score_of_the_whole_picture_is_what_it_is_by_hand()
    {
        Random random = new(1);
        CorLocCounter counter = new();
        int hits = 0, pictures = 0;
        for (int number = 0; number < 200; number++)
        {
            ImageSize size = new(100, 50 + number);
            PixelBox[] boxes = [.. Enumerable.Range(0, number % 3).Select(_ => new PixelBox(0, 0, random.Next(1, size.Width + 1), random.Next(1, size.Height + 1)))];
            counter.Add(new AnnotatedPicture(size, boxes), new PixelBox(0, 0, 1, 1), new PixelBox(0, 0, 1, 1));
            if (boxes.Length == 0) continue;
            pictures++;
            hits += boxes.Any(box => box.Right * box.Bottom / (size.Width * (double)size.Height) >= 0.5) ? 1 : 0;
        }
        CorLoc whole = counter.Scores.First(score => score.Method == "whole picture");
        Assert.Equal((hits, pictures), (whole.Found, whole.Pictures));
        Assert.InRange(whole.Share, whole.Interval.Low, whole.Interval.High);
    }

    [Fact]
    public void Overlap_is_that_of_continuous_boxes()
    {
        Assert.Equal(1, new PixelBox(0, 0, 2, 2).Overlap(new(0, 0, 2, 2)));
        Assert.Equal(1.0 / 7, new PixelBox(0, 0, 2, 2).Overlap(new(1, 1, 3, 3)), 1e-12);
        Assert.Equal(0, new PixelBox(0, 0, 1, 1).Overlap(new(1, 0, 2, 1)));
        Assert.Equal(new PixelBox(2, 3, 4, 6), new PixelBox(1, 1, 2, 2).Scaled(new ImageSize(10, 10), new ImageSize(30, 20)));
        Assert.Equal("0.5", new PixelBox(0, 0, 1, 0.5).Area.ToString(CultureInfo.InvariantCulture));
    }
}
