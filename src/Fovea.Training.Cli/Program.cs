using Fovea.Cli.CommandLine;
using Fovea.Training.Cli;
using Fovea.Training.Sharding;

NativeHeap.KeepFreedMemory();
using ToolConsole console = ToolConsole.OfProcess();
return await TrainTool.RunAsync(args, console);
