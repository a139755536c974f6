using System.Buffers;
using System.Globalization;
using System.Text;
using Fovea.Training.Runs.Metrics;
using FsCheck.Xunit;

namespace Fovea.Training.Tests.Runs.Metrics;

public class MetricsLineTests
{
    /// <summary>The example of `docs/formats.md`, byte for byte.</summary>
    [Fact]
    public void Written_line_is_the_one_of_the_documentation()
    {
        MetricsLine line = new(100, 0, KnownMetrics.Loss.Of(0.25), KnownMetrics.LearningRate.Of(1e-5), KnownMetrics.WeightDecay.Of(0.04), KnownMetrics.Momentum.Of(0.996), KnownMetrics.GradientNorm.Of(1.5), KnownMetrics.ImagesPerSecond.Of(128), KnownMetrics.WaitShare.Of(0));
        string text = Text(line);
        Assert.Equal("""{"step":100,"epoch":0,"loss":0.25,"learning_rate":1E-05,"weight_decay":0.04,"momentum":0.996,"gradient_norm":1.5,"images_per_second":128,"wait_share":0}""" + "\n", text);
        Assert.Contains(text.TrimEnd(), File.ReadAllText(Fovea.Tests.TestFolders.InRepository("docs", "formats.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_do_not_depend_on_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("", useUserOverride: false) { NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = ",", NegativeSign = "!" } };
        try
        {
            Assert.Equal("{\"step\":1,\"epoch\":0,\"loss\":-0.5}\n", Text(new MetricsLine(1, 0, KnownMetrics.Loss.Of(-0.5))));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_not_finite_is_written_as_null_and_read_as_NaN(double value)
    {
        string text = Text(new MetricsLine(1, 0, KnownMetrics.Loss.Of(value)));
        Assert.Equal("{\"step\":1,\"epoch\":0,\"loss\":null}\n", text);
        Assert.Equal(double.NaN, Parse(text)[KnownMetrics.Loss]);
    }

    [Property]
    public void Every_finite_number_reads_back_as_itself(double value)
    {
        if (!double.IsFinite(value)) return;
        double read = Parse(Text(new MetricsLine(1, 0, KnownMetrics.Loss.Of(value))))[KnownMetrics.Loss]!.Value;
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(read));
    }

    [Fact]
    public void Figures_that_nobody_knows_keep_their_key()
    {
        MetricsLine line = Parse("""{"step":1,"epoch":0,"box_loss":0.5,"loss":1}""");
        Assert.Equal(["box_loss", "loss"], line.Values.Select(value => value.Metric.Name));
        Assert.Same(KnownMetrics.Loss, line.Values[1].Metric);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"epoch":0,"step":1,"loss":1}""")]
    [InlineData("""{"step":1,"epoch":0}""")]
    [InlineData("""{"step":1.5,"epoch":0,"loss":1}""")]
    [InlineData("""{"step":-1,"epoch":0,"loss":1}""")]
    [InlineData("""{"step":1,"epoch":0,"loss":"1"}""")]
    [InlineData("""{"step":1,"epoch":0,"loss":1,"loss":2}""")]
    [InlineData("""{"step":1,"epoch":0,"Loss":1}""")]
    [InlineData("""{"step":1,"epoch":0,"loss":1}{}""")]
    [InlineData("""{"step":1,"epoch":0,"loss":1""")]
    [InlineData("""{"step":1,"epoch":0,"loss":[1]}""")]
    public void Text_that_is_no_line_is_refused_as_that(string text) => Assert.Throws<FormatException>(() => Parse(text));

    [Fact]
    public void Damaged_lines_are_refused_as_that_or_are_other_lines()
    {
        byte[] whole = Encoding.UTF8.GetBytes("""{"step":100,"epoch":3,"loss":0.25,"rankme":null}""");
        for (int place = 0; place < whole.Length; place++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] damaged = [.. whole];
                damaged[place] ^= (byte)(1 << bit);
                try
                {
                    MetricsLine.Parse(damaged);
                }
                catch (FormatException)
                {
                }
            }
            Assert.Throws<FormatException>(() => MetricsLine.Parse(whole.AsSpan(0, place)));
        }
    }

    [Fact]
    public void Metric_whose_key_is_none_is_refused()
    {
        Assert.All(["", "step", "epoch", "Loss", "1st", "a b", "a\"b", "größe"], name => Assert.Throws<ArgumentException>(() => new Metric(name, MetricKind.Training, "", "", "")));
    }

    internal static string Text(MetricsLine line)
    {
        ArrayBufferWriter<byte> bytes = new();
        line.WriteTo(bytes);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static MetricsLine Parse(string text) => MetricsLine.Parse(Encoding.UTF8.GetBytes(text.TrimEnd('\n')));
}
