using System.Text;
using System.Xml.Linq;
using Fovea.Training.Evaluation;
using Fovea.Training.Runs.Reports;

namespace Fovea.Training.Tests.Runs.Reports;

public class ClassPageTests
{
    private static readonly string[] Names = ["cat", "<dog>", "owl"];

    [Fact]
    public void Classes_stand_worst_first_with_what_they_are_taken_for()
    {
        XElement page = Page();
        Assert.Contains("Classes", page.Descendants("h2").Select(heading => heading.Value));
        XElement table = page.Descendants("h3").Single(heading => heading.Value == "Each class").ElementsAfterSelf().First();
        string[][] rows = [.. table.Descendants("tbody").Single().Elements().Select(row => row.Elements().Select(cell => cell.Value).ToArray())];
        Assert.Equal(["<dog>", "cat", "owl"], rows.Select(row => row[0]));
        Assert.Equal(("1", "2", "0.0 %", "cat"), (rows[0][1], rows[0][2], rows[0][3], rows[0][5]));
        Assert.Equal(("0", "none"), (rows[2][2], rows[2][3]));
    }

    [Fact]
    public void Confusion_and_mistakes_are_inside_of_the_page()
    {
        XElement page = Page();
        Assert.StartsWith("data:image/png;base64,", (string)page.Descendants("img").First(image => (string?)image.Attribute("alt") == "Confusion matrix").Attribute("src")!, StringComparison.Ordinal);
        Assert.Contains("The surest mistakes", page.Value, StringComparison.Ordinal);
        Assert.Contains("cat 0.73", page.Value, StringComparison.Ordinal);
        Assert.Contains("is <dog>", page.Value, StringComparison.Ordinal);
        Assert.Contains("that of step 120, on 4 validation pictures: top 1 50.0 %", page.Value, StringComparison.Ordinal);
    }

    private static XElement Page()
    {
        float[] logits = [2, 0, 0, 2, 0, 0, 1, 0, 0, 1, 0, 0];
        ClassifierReport report = ClassifierReport.Of(logits, [0, 1, 1, 0], 3, label => Names[label], [4, 2, 1]);
        RunReportData data = SampleReport.Data() with { Classifier = new ClassifierPageData(120, report, [new Mistake(SampleReport.Pictures(64)[0], "<dog>", "cat", 0.73)]) };
        using MemoryStream stream = new();
        RunReport.Write(stream, data);
        string text = Encoding.UTF8.GetString(stream.ToArray());
        return XElement.Parse(text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
    }
}
