using System.Globalization;
using Fovea.Tests;

namespace Fovea.Cli.Tests.Install;

/// <summary>The library inside a program that was compiled ahead of time; a warning of the compiler fails the build.</summary>
[Collection(Newcomer.Collection)]
public sealed class NativeAotTests : IDisposable
{
    private readonly Newcomer _newcomer = new();

    public void Dispose() => _newcomer.Dispose();

    [Fact, Trait("Category", "Install")]
    public void Program_compiled_ahead_of_time_gives_the_embedding_of_this_build()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && (File.Exists("/usr/bin/clang") || File.Exists("/usr/bin/gcc")), "neither clang nor gcc is installed: Native AOT links with one of them");
        Assert.SkipUnless(File.Exists(TestFolders.InRepository("samples", "NativeAot", "obj", "project.assets.json")), "Native AOT's compiler is not restored: dotnet restore samples/NativeAot");
        _newcomer.Build("publish", "samples/NativeAot", _newcomer.Work);
        string picture = TestFolders.InRepository("samples", "images", "wood.jpg");
        string[] words = _newcomer.Start("NativeAot", PictureFolder.Model, picture).Split(' ');

        using ImageEncoder encoder = ImageEncoder.Load(PictureFolder.Model);
        float[] expected = encoder.Embed(picture);
        Assert.Equal(expected.Length, int.Parse(words[0], CultureInfo.InvariantCulture));
        Assert.All(expected[..4].Zip(words[2..6]), pair => Assert.Equal(pair.First, float.Parse(pair.Second, CultureInfo.InvariantCulture), 1e-5));     // vector widths may differ
    }
}
