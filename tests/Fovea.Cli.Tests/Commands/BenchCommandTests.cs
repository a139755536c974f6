using System.Globalization;
using System.Text.Json.Nodes;
using Fovea.Cli.Runs;
using Fovea.Cli.Runs.Bench;
using Fovea.Networks;

namespace Fovea.Cli.Tests.Commands;

public class BenchCommandTests
{
    [Fact]
    public async Task Every_figure_is_measured_and_above_zero()
    {
        ReadOnlyMemory<byte>[] pictures = [.. DrawnPictures.Source.Open(TestContext.Current.CancellationToken).Take(2).Select(picture => (ReadOnlyMemory<byte>)picture.Read().ToArray())];
        List<string> said = [];
        JsonObject figures = await new MachineBench(PictureFolder.Model, new EncoderOptions { Threads = 2 }, pictures, TimeSpan.FromMilliseconds(2)).RunAsync(said.Add, TestContext.Current.CancellationToken);
        string formats = await File.ReadAllTextAsync(Fovea.Tests.TestFolders.InRepository("docs", "formats.md"), TestContext.Current.CancellationToken);
        Assert.All(figures, figure => Assert.True(double.Parse(figure.Value!.ToJsonString(), CultureInfo.InvariantCulture) > 0, figure.Key));
        Assert.All(figures, figure => Assert.Contains($"`{figure.Key}`", formats, StringComparison.Ordinal));
        Assert.Contains("round 5 of 5", said);
    }

    [Fact]
    public void Flagship_costs_what_its_card_says() =>
        Assert.Equal(2 * 8_118_337_536.0, NetworkCost.Operations(new VitNetwork(NamedNetworks.Get("vit_reg4_m16_rms_avg"), ImageSize.Square(224))));

    [Fact]
    public async Task Mistakes_are_answered_with_a_sentence()
    {
        (await ToolRun.Of("bench", "-m", "nowhere.pt")).AssertRefused(1, "nowhere.pt");
        (await ToolRun.Of("bench", "-m", PictureFolder.Model, "--threads", "0", "--quiet")).AssertRefused(2, "'0' is no number of threads");
    }
}
