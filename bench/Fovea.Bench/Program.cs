using Fovea.Bench;

// One file per benchmark; each prints what docs/ claims, so that anyone can measure it again.
return args switch
{
    ["resize"] => ResizeBenchmark.Run(),
    ["inference"] => InferenceBenchmark.Run(libtorch: null),
    ["inference", string libtorch] => InferenceBenchmark.Run(libtorch),
    ["odd", string folder] => OddImages.Run(folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project bench/Fovea.Bench -- BENCHMARK
          resize       one picture, every path, beside Pillow's: docs/pictures.md
          inference [LIBTORCH]
                       the network alone, beside libtorch (Fovea.Bench.Libtorch.dll, which is built apart): docs/performance.md
          odd FOLDER   what becomes of each file of odd_images (FOLDER has index.json and odd_images.tar): docs/pictures.md
        """);
    return 2;
}
