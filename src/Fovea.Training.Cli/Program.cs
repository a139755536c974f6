using Fovea.Cli.CommandLine;
using Fovea.Training.Cli;

using ToolConsole console = ToolConsole.OfProcess();
return await TrainTool.RunAsync(args, console);
