using System.Text;
using Fovea.Training.Annotations;

namespace Fovea.Training.Tests.Annotations.Voc;

public class VocReaderTests
{
    private const string Small = """
        <annotation><object><part><name>hand</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax></bndbox></part><difficult>1</difficult>
        <bndbox><ymax>40</ymax><xmax>30.5</xmax><ymin>20</ymin><xmin>10.25</xmin></bndbox><name> person </name></object>
        <object><name>cat</name><bndbox><xmin>7</xmin><ymin>8</ymin><xmax>7</xmax><ymax>8</ymax></bndbox></object><size><height>50</height><width>60</width><depth>3</depth></size></annotation>
        """;

    [Fact]
    public void Order_of_children_parts_and_fractions_mean_nothing()
    {
        VocPicture picture = Read(Small);
        Assert.Equal((60, 50), (picture.Width, picture.Height));
        Assert.Equal([new VocObject("person", 10.25, 20, 30.5, 40, IsDifficult: true), new VocObject("cat", 7, 8, 7, 8, IsDifficult: false)], picture.Objects);
    }

    /// <summary>VOC counts from 1 and its last column belongs to the box.</summary>
    [Fact]
    public void Box_of_one_pixel_has_one_pixel()
    {
        VocObject one = new("cat", 7, 8, 7, 8, IsDifficult: false);
        Assert.Equal(new CocoBox(6, 7, 1, 1), one.Box(offset: 1));
        Assert.Equal(new CocoBox(7, 8, 1, 1), one.Box(offset: 0));
    }

    [Fact]
    public void Picture_without_objects_and_size_is_an_empty_one() => Assert.Equal((0, 0), (Read("<annotation/>").Width, Read("<annotation/>").Objects.Count));

    [Theory]
    [InlineData("<annotations/>", "its root is <annotations>")]
    [InlineData("<annotation>", "no Pascal VOC annotation")]
    [InlineData("<annotation><object><bndbox/></object></annotation>", "object 1 has no <name>")]
    [InlineData("<annotation><object><name>a</name></object></annotation>", "object 1 (a) has no <bndbox>")]
    [InlineData("<annotation><object><name>a</name><bndbox><xmin>1</xmin><ymin>x</ymin></bndbox></object></annotation>", "<ymin> of object 1 (a) is no number")]
    [InlineData("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><annotation>&e;</annotation>", "no Pascal VOC annotation")]
    public void What_cannot_be_used_is_named(string xml, string words)
    {
        AnnotationException refused = Assert.Throws<AnnotationException>(() => Read(xml));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.StartsWith("a.xml: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_is_cut_anywhere_is_refused()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Small);
        for (int length = 0; length < whole.Length; length++)
        {
            using MemoryStream cut = new(whole[..length]);
            Assert.Throws<AnnotationException>(() => VocReader.Read(cut, "a.xml"));
        }
    }

    [Fact]
    public void Difficult_objects_are_ignored_in_training_and_objects_to_COCOs_evaluation()
    {
        List<string> remarks = [];
        (List<CocoImage> images, List<CocoAnnotation> annotations) = VocClasses.ToCoco([(5, "a", Read(Small))], VocClasses.Number(["cat", "person"]), offset: 1, remarks);
        Assert.Equal([new CocoImage(5, "a", 60, 50)], images);
        Assert.Equal(
            [new CocoAnnotation(1, 5, 2, new CocoBox(9.25, 19, 21.25, 21), 21.25 * 21, IsCrowd: false, IsIgnored: true), new CocoAnnotation(2, 5, 1, new CocoBox(6, 7, 1, 1), 1, IsCrowd: false, IsIgnored: false)],
            annotations);
        Assert.Empty(remarks);
    }

    [Fact]
    public void Unknown_classes_are_listed_with_their_files_and_files_that_count_from_0_are_suspected()
    {
        VocPicture picture = Read("<annotation><object><name>a</name><bndbox><xmin>0</xmin><ymin>3</ymin><xmax>4</xmax><ymax>5</ymax></bndbox></object></annotation>");
        Assert.Contains("a in one.xml", Assert.Throws<AnnotationException>(() => VocClasses.ToCoco([(1, "one.xml", picture)], VocClasses.Number(["b"]), 1, [])).Message, StringComparison.Ordinal);
        List<string> remarks = [];
        VocClasses.ToCoco([(1, "one.xml", picture)], VocClasses.Number(["a"]), 1, remarks);
        Assert.Contains("voc_offset", Assert.Single(remarks), StringComparison.Ordinal);
    }

    private static VocPicture Read(string xml)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(xml));
        return VocReader.Read(stream, "a.xml");
    }
}
