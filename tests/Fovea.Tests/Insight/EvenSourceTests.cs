using Fovea.Images;

namespace Fovea.Tests.Insight;

public class EvenSourceTests
{
    [Theory]
    [InlineData(100, 10, 4)]
    [InlineData(7, 10, 3)]
    [InlineData(10, 10, 16)]
    [InlineData(1, 1, 1)]
    [InlineData(103, 17, 5)]
    public void As_many_as_asked_are_given_spread_evenly_and_the_first_among_them(int all, int most, int marks)
    {
        EvenSource source = new(Bytes(all), most, marks, default);
        EncodedImage[] given = [.. source.Open(default)];
        Assert.Equal(Math.Min(all, most), given.Length);
        Assert.Equal("0", given[0].Name);
        int[] places = [.. given.Select(picture => int.Parse(picture.Name, System.Globalization.CultureInfo.InvariantCulture))];
        int[] gaps = [.. places.Zip(places.Skip(1), (one, next) => next - one)];
        if (gaps.Length > 0) Assert.InRange(gaps.Max() - gaps.Min(), 0, 1);
        Assert.Equal(Math.Min(marks, given.Length), given.Count(source.IsMarked));
        Assert.True(source.IsMarked(given[0]));
    }

    [Fact]
    public void First_ones_are_given_where_nobody_knows_how_many_there_are()
    {
        EvenSource source = new(ImageSource.Names(new StringReader("a.png\nb.png\nc.png\n")), 2, 1, default);
        Assert.Null(source.Available);
        Assert.Equal(["a.png", "b.png"], source.Open(default).Select(picture => picture.Name));
    }

    private static ImageSource Bytes(int count) =>
        ImageSource.All(Enumerable.Range(0, count).Select(number => ImageSource.Bytes(new byte[] { 1 }, number.ToString(System.Globalization.CultureInfo.InvariantCulture))));
}
