using Fovea;

// A program of one native file, without .NET beside it: dotnet publish -c Release -o artifacts/aot samples/NativeAot
if (args is not [string model, string picture])
{
    Console.Error.WriteLine("NativeAot: name a model file and a picture.");
    return 2;
}
using ImageEncoder encoder = await ImageEncoder.LoadAsync(model);
float[] embedding = encoder.Embed(picture);
Console.WriteLine($"{embedding.Length} numbers: {string.Join(' ', embedding[..4])} ...");
return 0;
