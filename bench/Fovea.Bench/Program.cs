using Fovea.Bench;

// One file per benchmark; each prints what docs/ claims, so that anyone can measure it again.
return args switch
{
    ["resize"] => ResizeBenchmark.Run(),
    ["inference"] => InferenceBenchmark.Run(libtorch: null),
    ["inference", string libtorch] => InferenceBenchmark.Run(libtorch),
    ["export"] => ExportBenchmark.Run(),
    ["start"] => StartBenchmark.Run(libtorch: null, native: null),
    ["start", string libtorch] => StartBenchmark.Run(libtorch, native: null),
    ["start", string libtorch, string native] => StartBenchmark.Run(libtorch, native),
    ["first", string model, string precision] => FirstEmbedding.Run(model, precision),
    ["inspect", string tool, string pictures] => InspectBenchmark.Run(tool, pictures),
    ["masks"] => MaskBenchmark.Run(),
    ["odd", string folder] => OddImages.Run(folder),
    ["loader", string data] => LoaderBenchmark.Run(data),
    ["soak", "--embeddings", string count] when long.TryParse(count, out long embeddings) => Soak.Run(Path.Combine("tests", "Goldens"), embeddings),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project bench/Fovea.Bench -- BENCHMARK
          resize       one picture, every path, beside Pillow's: docs/pictures.md
          inference [LIBTORCH]
                       the network alone, beside libtorch (Fovea.Bench.Libtorch.dll, which is built apart): docs/performance.md
          export       an exported file in another program: its size, and the cost of all its outputs: docs/performance.md
          start [LIBTORCH [NATIVE]]
                       from a process's start to its first embedding, with and without cache, also as a native program (Fovea.Bench.Aot, published apart): docs/performance.md
          inspect TOOL PICTURES
                       the report of fovea inspect beside fovea embed (Fovea.Cli.dll, a folder of 16 pictures): docs/registers.md
          masks        both samplers of I-JEPA masks: what they draw, and how long they take: docs/i-jepa.md
          odd FOLDER   what becomes of each file of odd_images (FOLDER has index.json and odd_images.tar): docs/pictures.md
          loader FOLDER  batches for training, stage by stage (FOLDER has caltech101 and cifar10): docs/training-data.md
          soak --embeddings N   two models in one process, cancelled, reloaded, with bad pictures: what it holds must not grow: docs/hardness.md
        """);
    return 2;
}
