using Fovea.Cli.CommandLine;
using Fovea.Training.Runs;
using Fovea.Training.Runs.Recipes;

namespace Fovea.Training.Cli.Runs;

/// <summary>Which recipe a command line means; the same for every command that trains.</summary>
internal static class RecipeChoice
{
    /// <summary>The recipe with the fields, pictures and further options of the command line. A resumed run has its recipe; one that is given beside must be the same.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="get">A recipe by name, or from a file.</param>
    /// <param name="names">The recipes that come with the tool.</param>
    /// <param name="change">What the command's own options set; null where none of them is given.</param>
    /// <exception cref="ToolException">No recipe or no pictures are named.</exception>
    /// <exception cref="RunException">There is no such recipe or field, or the run was begun with another.</exception>
    public static TRecipe Resolve<TRecipe>(TrainingOptions options, Func<string, TRecipe> get, IEnumerable<string> names, Func<TRecipe, TRecipe>? change = null)
        where TRecipe : class, ITrainingRecipe<TRecipe>
    {
        TRecipe? begun = options.IsResumed ? RunFolder.ReadRecipe<TRecipe>(options.Output) : null;
        if (begun is not null && options.Recipe is null && options.Settings.Count == 0 && options.Data.Count == 0 && change is null) return begun;
        TRecipe recipe = options.Recipe is { } name
            ? get(name)
            : begun ?? throw new ToolException($"no recipe is named; give --recipe {string.Join(" or ", names)}, or a file.", ExitCode.WrongUsage);
        if (options.Data.Count > 0) recipe = recipe.WithSources(options.Data);
        else if (begun is not null) recipe = recipe.WithSources(begun.Data.Sources);
        recipe = RecipeJson.Set(change?.Invoke(recipe) ?? recipe, options.Settings);
        if (begun is not null && RecipeJson.Differences(begun, recipe) is { Count: > 0 } differences) throw RunThrow.OtherRecipe(options.Output, differences);
        if (recipe.Data.Sources.Count == 0) throw new ToolException("no pictures are named; give --data PATH[#split][@factor].", ExitCode.WrongUsage);
        return recipe;
    }
}
