using System.Globalization;
using Fovea.Bench.Training;

return args switch
{
    ["step", string workload] => StepBenchmark.Run(Workload.Named(workload)),
    ["processes", string workload] => StepBenchmark.RunProcesses(Workload.Named(workload)),
    ["memory", string workload, string steps] => MemoryBenchmark.Run(Workload.Named(workload), int.Parse(steps, CultureInfo.InvariantCulture)),
    ["worker", string contender, string workload, string threads] => Worker.Serve(contender, workload, threads),
    ["pixels", string info] => await PixelFloor.RunAsync(info),
    ["evaluation"] => EvaluationBenchmark.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project bench/Fovea.Bench.Training -- BENCHMARK
          step WORKLOAD           a training step beside one written straightforwardly: docs/performance.md
          processes WORKLOAD      one process of all cores beside a process per core
          memory WORKLOAD STEPS   resident megabytes over many steps
          pixels INFO             raw pixels of a data set (its _info.json, with the splits train and test) through every protocol: the floor of docs/evaluation.md
          evaluation              time and memory of the protocols on drawn features of the size of CIFAR-10 and a large encoder: docs/evaluation.md
        WORKLOAD is flagship (224 pixels, batch 16), cifar (32 pixels, batch 128) or tiny.
        """);
    return 2;
}
