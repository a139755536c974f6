using Fovea.Bench.Training;

// One file per benchmark; each prints what docs/ claims, so that anyone can measure it again.
return args switch
{
    ["pixels", string info] => await PixelFloor.RunAsync(info),
    ["evaluation"] => EvaluationBenchmark.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project bench/Fovea.Bench.Training -- BENCHMARK
          pixels INFO  raw pixels of a data set (its _info.json, with the splits train and test) through every protocol: the floor of docs/evaluation.md
          evaluation   time and memory of the protocols on drawn features of the size of CIFAR-10 and a large encoder: docs/evaluation.md
        """);
    return 2;
}
