using Fovea.Cli.CommandLine;
using Fovea.Training.Runs.Recipes;
namespace Fovea.Training.Cli.Runs;
internal sealed class PretrainingSession(ToolConsole console, TrainingOptions options, PretrainingRecipe recipe)
{
    public void Run(CancellationToken cancellation) => throw new NotImplementedException($"{console}{options}{recipe}{cancellation}");
}
