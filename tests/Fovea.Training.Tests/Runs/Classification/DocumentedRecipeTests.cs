using System.Text.RegularExpressions;
using Fovea.Tests;
using Fovea.Training.Runs.Recipes;

namespace Fovea.Training.Tests.Runs;

/// <summary>What docs/finetuning.md names exists.</summary>
public partial class DocumentedRecipeTests
{
    private static readonly string Page = File.ReadAllText(TestFolders.InRepository("docs", "finetuning.md"));

    [Fact]
    public void Every_recipe_has_its_row_and_every_row_its_recipe() =>
        Assert.Equal(FinetuneRecipes.Names.Order(StringComparer.Ordinal), RecipeRow().Matches(Page).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_setting_that_is_typed_out_is_taken()
    {
        string[] settings = [.. Setting().Matches(Page).Select(match => match.Groups["setting"].Value).Where(setting => !setting.StartsWith("field=", StringComparison.Ordinal) && !setting.Contains('$', StringComparison.Ordinal))];
        Assert.InRange(settings.Length, 8, 100);
        RecipeJson.Set(FinetuneRecipes.Get("classify-cpu"), settings);
    }

    [Fact]
    public void Every_field_of_the_table_is_one()
    {
        string[] fields = [.. Page.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).SelectMany(line => Field().Matches(line.Split('|')[1]).Select(match => match.Groups["field"].Value)).Where(field => field.Contains('.', StringComparison.Ordinal))];
        Assert.InRange(fields.Length, 12, 100);
        // A value that no field takes is refused with another sentence than a field that does not exist.
        foreach (string field in fields) Assert.DoesNotContain("there is no", Record.Exception(() => RecipeJson.Set(FinetuneRecipes.Get("classify-cpu"), [$"{field}=\"?\""]))?.Message ?? "", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\| `(?<name>classify-\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex RecipeRow();

    [GeneratedRegex(@"--set (?<setting>[^\s`]+)")]
    private static partial Regex Setting();

    [GeneratedRegex(@"`(?<field>[a-z_.0-9]+)`")]
    private static partial Regex Field();
}
