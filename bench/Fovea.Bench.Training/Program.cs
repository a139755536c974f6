using System.Globalization;
using Fovea.Bench.Training;

return args switch
{
    ["step", string workload] => StepBenchmark.Run(Workload.Named(workload)),
    ["processes", string workload] => StepBenchmark.RunProcesses(Workload.Named(workload)),
    ["memory", string workload, string steps] => MemoryBenchmark.Run(Workload.Named(workload), int.Parse(steps, CultureInfo.InvariantCulture)),
    ["worker", string contender, string workload, string threads] => Worker.Serve(contender, workload, threads),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project bench/Fovea.Bench.Training -- BENCHMARK
          step WORKLOAD           a training step beside one written straightforwardly: docs/performance.md
          processes WORKLOAD      one process of all cores beside a process per core
          memory WORKLOAD STEPS   resident megabytes over many steps
        WORKLOAD is flagship (224 pixels, batch 16), cifar (32 pixels, batch 128) or tiny.
        """);
    return 2;
}
