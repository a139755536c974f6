namespace Fovea.Tests.Tensors;

public class TensorShapeTests
{
    [Fact]
    public void ToString_prints_as_PyTorch_does() => Assert.Equal("[1, 512, 14, 14]", new TensorShape(1, 512, 14, 14).ToString());

    [Fact]
    public void ElementCount_of_no_dimensions_is_one() => Assert.Equal(1, default(TensorShape).ElementCount);

    [Fact]
    public void ElementCount_beyond_64_bits_overflows() =>
        Assert.Throws<OverflowException>(() => new TensorShape(1L << 33, 1L << 33).ElementCount);

    [Fact]
    public void ElementCount_with_a_zero_is_zero_whatever_the_rest() => Assert.Equal(0, new TensorShape(1L << 33, 1L << 33, 0).ElementCount);

    [Theory]
    [InlineData("224", 224, 224)]
    [InlineData("96x64", 96, 64)]
    public void Parse_reads_height_then_width(string text, int height, int width) => Assert.Equal(new ImageSize(height, width), ImageSize.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("12x")]
    [InlineData("1x2x3")]
    [InlineData("-5")]
    [InlineData("70000")]
    public void Parse_refuses_what_is_no_size(string text) => Assert.Throws<FormatException>(() => ImageSize.Parse(text));
}
