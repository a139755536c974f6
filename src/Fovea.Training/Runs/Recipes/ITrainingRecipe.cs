using Fovea.Training.Data;

namespace Fovea.Training.Runs.Recipes;

/// <summary>Every number of a run, of whatever kind: this record and the pictures give the same model again.</summary>
internal interface ITrainingRecipe
{
    /// <summary>What the recipe is called.</summary>
    string Name { get; }

    /// <summary>Pictures and what is done to them.</summary>
    DataRecipe Data { get; }

    /// <summary>How long, and how the parameters move.</summary>
    OptimizerRecipe Optimizer { get; }

    /// <summary>Seed, arithmetic, saving and watching.</summary>
    RunRecipe Run { get; }
}

/// <summary>A recipe that a command line can complete.</summary>
/// <typeparam name="TSelf">The recipe's own type.</typeparam>
internal interface ITrainingRecipe<TSelf> : ITrainingRecipe
    where TSelf : ITrainingRecipe<TSelf>
{
    /// <summary>The same with other pictures to train on.</summary>
    TSelf WithSources(IReadOnlyList<string> sources);
}

/// <summary>What follows from any recipe.</summary>
internal static class TrainingRecipes
{
    /// <summary>How its pictures become batches.</summary>
    public static LoadingOptions Loading(this ITrainingRecipe recipe) => new()
    {
        Seed = recipe.Run.Seed,
        BatchSize = recipe.Optimizer.BatchSize,
        CacheBytes = recipe.Data.CacheMegabytes * 1_000_000L,
        Workers = recipe.Data.Workers ?? Environment.ProcessorCount,
    };
}
