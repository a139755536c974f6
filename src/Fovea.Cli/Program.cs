using Fovea.Cli.CommandLine;

using ToolConsole console = ToolConsole.OfProcess();
return await FoveaTool.RunAsync(args, console);
