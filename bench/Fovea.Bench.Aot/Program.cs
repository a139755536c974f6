using Fovea.Bench;

// dotnet publish -c Release -o artifacts/aot bench/Fovea.Bench.Aot; then artifacts/aot/Fovea.Bench.Aot MODEL Float32|Int8
return FirstEmbedding.Run(args[0], args[1]);
