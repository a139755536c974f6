using System.Text;
using System.Xml;
using System.Xml.Linq;
using Fovea.Cli.Tests.Outputs;
using Fovea.Images;
using Fovea.Tests;
using Fovea.Training.Runs;
using Fovea.Training.Runs.Metrics;
using Fovea.Training.Runs.Reports;

namespace Fovea.Training.Tests.Runs.Reports;

public class RunReportTests
{
    private static readonly Lazy<string> Page = new(() => Text(SampleReport.Data()));

    private static readonly HashSet<string> CanBeEmpty = ["meta", "img"];

    [Fact]
    public void Page_is_well_formed_and_closes_what_browsers_do_not_close()
    {
        Assert.StartsWith("<!DOCTYPE html>", Page.Value, StringComparison.Ordinal);
        XElement page = Parse(Page.Value);
        Assert.All(page.DescendantsAndSelf().Where(element => element.IsEmpty && element.Name.Namespace == XNamespace.None), element => Assert.Contains(element.Name.LocalName, CanBeEmpty));
    }

    [Fact]
    public void Page_asks_no_network_and_runs_no_script()
    {
        XElement page = Parse(Page.Value);
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "iframe" or "object" or "embed");
        Assert.All(page.Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "src" or "href"), attribute => Assert.True(attribute.Value.StartsWith("data:image/", StringComparison.Ordinal) || attribute.Value[0] == '#'));
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.DoesNotContain("url(", Page.Value, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page.Descendants("meta").Attributes("content").Select(attribute => attribute.Value).Aggregate((one, other) => one + other), StringComparison.Ordinal);
    }

    /// <summary>What XML must escape, HTML does not read as escaped inside of a style.</summary>
    [Fact]
    public void Style_is_the_same_to_a_browser_and_to_a_reader_of_XML() => Assert.DoesNotContain(Parse(Page.Value).Descendants("style").Single().Value, letter => letter is '<' or '>' or '&');

    [Fact]
    public void Every_figure_has_its_name_and_its_unit()
    {
        string text = Parse(Page.Value).Value;
        Assert.All(SampleReport.Data().History.Metrics, metric =>
        {
            Assert.Contains(metric.Title, text, StringComparison.Ordinal);
            Assert.Contains(metric.Unit, text, StringComparison.Ordinal);
            Assert.Contains(metric.Meaning, text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Charts_masks_neighbours_recipe_machine_warnings_and_skipped_pictures_are_all_there()
    {
        XElement page = Parse(Page.Value);
        Assert.Equal(["Health", "Curves", "Masks", "Nearest neighbours", "Recipe", "Machine", "Skipped pictures"], page.Descendants("h2").Select(heading => heading.Value));
        Assert.Equal(15, page.Descendants("figure").Count(figure => (string?)figure.Attribute("class") == "chart"));
        Assert.Equal(6, page.Descendants("div").Count(pair => (string?)pair.Attribute("class") == "pair"));
        Assert.Equal(6 * 8, page.Descendants("img").Count());
        Assert.Contains("training waits for pictures", page.Value, StringComparison.Ordinal);
        Assert.Contains("warmup3000", page.Value, StringComparison.Ordinal);
        Assert.Contains("ends before its last pixel; copy or download it again.", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Warning_is_marked_in_the_chart_of_its_figure()
    {
        XElement mark = Assert.Single(Parse(Page.Value).Descendants(), element => (string?)element.Attribute("class") == "mark");
        Assert.Equal("waiting, step 30,250", mark.Value);
        Assert.Contains("Waiting for pictures", mark.Ancestors("figure").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_text_whatever_they_hold()
    {
        const string Name = "<script>alert('1')</script> & \"x\" \u202Egpj.exe \u0001 \uD800 🦊 größe.jpg";
        ReportPicture picture = SampleReport.Pictures(48)[0];
        ReportPicture named = Renamed(picture, Name);
        RunReportData data = SampleReport.Data() with
        {
            Name = Name,
            Masks = [new MaskedPicture(named, new PatchGrid(2, 2), [0], [[3]])],
            Neighbours = [new NeighbourRow(named, [(named, 0.5)])],
            Skipped = [new SkippedImage(Name, new ImageException($"{Name}: broken."))],
            Recipe = [new ReportField(Name, Name)],
            Warnings = [new("rule", 1, Name, Name)],
        };
        string page = Text(data);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u202E', page);
        Assert.Equal("<script>alert('1')</script> & \"x\" \\u202Egpj.exe \\u0001 \\uD800 🦊 größe.jpg", Parse(page).Descendants("h1").Single().Value);
    }

    [Fact]
    public void Largest_report_stays_well_below_two_megabytes()
    {
        Random random = new(1);
        ReportPicture Noise(int side) => ReportPicture.Of(new string('n', 200), [.. Enumerable.Range(0, 3 * side * side).Select(_ => (float)random.NextDouble())], ImageSize.Square(side), ChannelStatistics.Neutral, side);
        MetricsHistory history = new(Enumerable.Range(0, 20_000).Select(step => new MetricsLine(step, 0, [.. KnownMetrics.All.Select(metric => metric.Of(random.NextDouble()))])));
        ReportPicture large = Noise(ReportPicture.LongestSide), small = Noise(RunReport.NeighbourSide);
        RunReportData data = SampleReport.Data() with
        {
            History = history,
            Masks = [.. Enumerable.Range(0, 20).Select(_ => new MaskedPicture(large, new PatchGrid(14, 14), [.. Enumerable.Range(0, 98).Select(patch => 2L * patch)], [[0, 1], [5], [17], [100]]))],
            Neighbours = [.. Enumerable.Range(0, 20).Select(_ => new NeighbourRow(small, [.. Enumerable.Repeat((small, 0.5), 20)]))],
            Skipped = [.. Enumerable.Range(0, 10_000).Select(number => new SkippedImage($"folder/{number}.jpg", new ImageException($"folder/{number}.jpg: is no picture that can be read.")))],
            SkippedCount = 10_000,
        };
        using MemoryStream stream = new();
        RunReport.Write(stream, data);
        Assert.InRange(stream.Length, 100_000, 1_800_000);
        Assert.Contains("10,000 pictures could not be used", Encoding.UTF8.GetString(stream.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Same_data_give_the_same_bytes() => Assert.Equal(Page.Value, Text(SampleReport.Data()));

    [Fact]
    public void Run_that_has_only_begun_has_a_report_too()
    {
        RunReportData data = new() { Name = "new", Step = 0, Steps = 100, PicturesSeen = 0, Duration = TimeSpan.Zero, Written = DateTimeOffset.UnixEpoch };
        XElement page = Parse(Text(data));
        Assert.Contains("at step 0 of 100, written 1 January 1970, 00:00 UTC", page.Value, StringComparison.Ordinal);
        Assert.Contains("Nothing to warn of.", page.Value, StringComparison.Ordinal);
        Assert.Equal(["Health"], page.Descendants("h2").Select(heading => heading.Value));
    }

    [Fact]
    public void Run_whose_figures_are_no_numbers_has_a_report_too()
    {
        RunReportData data = SampleReport.Data() with { History = new MetricsHistory([new MetricsLine(1, 0, KnownMetrics.Loss.Of(double.NaN), KnownMetrics.GradientNorm.Of(double.PositiveInfinity), KnownMetrics.LossRatio.Of(1e300))]) };
        Assert.Contains("not a number", Parse(Text(data)).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_is_replaced_as_a_whole_or_not_at_all()
    {
        using TinyDisk disk = new();
        File.WriteAllText(disk.File("report.html"), "the older report");
        RunException refusal = Assert.Throws<RunException>(() => RunReport.Write(disk.File("report.html"), SampleReport.Data()));
        Assert.StartsWith($"{disk.File("report.html")} cannot be written: No space left on device", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("the older report", File.ReadAllText(disk.File("report.html")));
        Assert.Equal(["report.html"], disk.Names);
    }

    [Fact]
    public void Written_file_is_the_page()
    {
        using TemporaryFolder folder = new();
        RunReport.Write(folder.File("report.html"), SampleReport.Data());
        Assert.Equal(Page.Value, File.ReadAllText(folder.File("report.html")));
        Assert.Equal(["report.html"], folder.Names);
    }

    [Fact]
    public void Facts_about_the_machine_name_neither_it_nor_its_user()
    {
        IReadOnlyList<ReportField> facts = MachineFacts.Read("cpu");
        Assert.Equal(["processor", "cores", "memory", "device", "torch threads", "system", ".NET", "libtorch", "Fovea"], facts.Select(fact => fact.Name));
        Assert.All(facts, fact => Assert.NotEmpty(fact.Value));
        Assert.DoesNotContain(facts, fact => fact.Value.Contains(Environment.MachineName, StringComparison.OrdinalIgnoreCase) && Environment.MachineName.Length > 3);
    }

    [Fact]
    public void Recipe_becomes_fields_with_their_groups()
    {
        IReadOnlyList<ReportField> fields = ReportField.OfJson("""{"name": "a", "optimizer": {"rate": {"base": 1e-3}, "clip": null}, "data": {"sources": ["x", "y"], "flip": true}}""");
        Assert.Equal([new("name", "a"), new("optimizer.rate.base", "1e-3"), new("optimizer.clip", "none"), new("data.sources", "x, y"), new("data.flip", "yes")], fields);
    }

    private static ReportPicture Renamed(ReportPicture picture, string name) =>
        ReportPicture.Of(name, new float[3 * picture.Size.Height * picture.Size.Width], picture.Size, ChannelStatistics.Neutral);

    private static string Text(RunReportData data)
    {
        using MemoryStream stream = new();
        RunReport.Write(stream, data);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static XElement Parse(string page)
    {
        using XmlReader reader = XmlReader.Create(new StringReader(page), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, IgnoreWhitespace = true });
        return XElement.Load(reader);
    }
}
