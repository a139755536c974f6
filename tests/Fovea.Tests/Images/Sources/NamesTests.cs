using System.Text;
using Fovea.Images;

namespace Fovea.Tests.Images.Sources;

/// <summary>Pictures that no folder lists: names that arrive, bytes, streams, and sources in a row.</summary>
public class NamesTests
{
    [Fact]
    public void Picture_is_given_out_before_the_list_ends()
    {
        using PictureTree tree = new("1.jpg", "2.jpg");
        using ScriptedReader names = new($"{tree["1.jpg"]}\n", $"{tree["2.jpg"]}\n");
        using IEnumerator<EncodedImage> pictures = ImageSource.Names(names).Pictures.GetEnumerator();
        Assert.True(pictures.MoveNext());
        Assert.Equal("1.jpg", pictures.Current.Text()[^5..]);
        Assert.Equal(1, names.Given);
        Assert.True(pictures.MoveNext());
        Assert.Equal(2, names.Given);
        Assert.False(pictures.MoveNext());
    }

    [Fact]
    public void Line_ends_of_either_kind_and_empty_lines_are_no_part_of_a_name() =>
        Assert.Equal(["a.jpg", " b.jpg", "c d.jpg"], ImageSource.Names(new StringReader("a.jpg\r\n\n b.jpg\n\r\nc d.jpg")).PictureNames);

    [Theory]
    [InlineData("nothing.jpg", "nothing.jpg: there is no such file or folder")]
    [InlineData("zero\0.jpg", ".jpg: cannot be read")]
    [InlineData("/", "/: is a folder, not a file.")]
    public void Name_of_no_file_is_one_bad_picture(string line, string reason)
    {
        using PictureTree tree = new("1.jpg");
        EncodedImage[] pictures = [.. ImageSource.Names(new StringReader($"{line}\n{tree["1.jpg"]}")).Pictures];
        Assert.Contains(reason, SourceReading.Refusal(() => pictures[0].Read()), StringComparison.Ordinal);
        Assert.Equal("1.jpg", pictures[1].Text());
    }

    [Fact]
    public void List_without_line_ends_is_not_taken_into_memory() =>
        Assert.Contains("32,768 characters", ImageSource.Names(new StringReader(new string('a', 40000))).ReadToEnd().End!.Message, StringComparison.Ordinal);

    [Fact]
    public void Bytes_and_streams_carry_the_name_given()
    {
        using MemoryStream stream = new([.. "skipped stream"u8]) { Position = 8 };
        ImageSource source = ImageSource.All([ImageSource.Bytes("bytes"u8.ToArray(), "b"), ImageSource.Stream(stream, "s")]);
        Assert.Equal(["b=bytes", "s=stream"], source.Pictures.Select(picture => $"{picture.Name}={picture.Text()}"));
        Assert.True(stream.CanRead);
        Assert.Equal(2, source.KnownCount);
    }

    [Fact]
    public void Stream_that_fails_is_a_bad_picture()
    {
        MemoryStream closed = new();
        closed.Dispose();
        EncodedImage picture = Assert.Single(ImageSource.Stream(closed, "camera").Pictures);
        Assert.StartsWith("camera: cannot be read", SourceReading.Refusal(() => picture.Read()), StringComparison.Ordinal);
    }

    [Fact]
    public void Count_of_several_is_unknown_when_one_is()
    {
        ImageSource one = ImageSource.Bytes(Encoding.UTF8.GetBytes("x"), "x");
        Assert.Equal(2, ImageSource.All([one, one]).KnownCount);
        Assert.Null(ImageSource.All([one, ImageSource.Names(TextReader.Null)]).KnownCount);
    }

    /// <summary>Gives out one text after the other, and says how many it was asked for.</summary>
    private sealed class ScriptedReader(params string[] texts) : TextReader
    {
        private int _position;

        public int Given { get; private set; }

        public override int Read()
        {
            if (Given == 0 || _position == texts[Given - 1].Length)
            {
                if (Given == texts.Length) return -1;
                (Given, _position) = (Given + 1, 0);
            }
            return texts[Given - 1][_position++];
        }
    }
}
