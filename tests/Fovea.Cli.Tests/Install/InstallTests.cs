using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Fovea.Tests;

namespace Fovea.Cli.Tests.Install;

/// <summary>What is packed can be installed, without a network, by somebody who has nothing of ours.</summary>
[Collection(Newcomer.Collection)]
public sealed partial class InstallTests : IDisposable
{
    private const string Model = "vit_reg4_m16_rms_avg_i-jepa.pt", Picture = "photo.jpg";        // as the library's page names them

    private readonly Newcomer _newcomer = new();

    public void Dispose() => _newcomer.Dispose();

    [Fact, Trait("Category", "Install")]
    public void Installed_tool_and_library_give_the_embedding_of_this_build()
    {
        File.Copy(PictureFolder.Model, Path.Combine(_newcomer.Work, Model));
        File.Copy(TestFolders.InRepository("samples", "images", "wood.jpg"), Path.Combine(_newcomer.Work, Picture));
        using ImageEncoder encoder = ImageEncoder.Load(PictureFolder.Model);
        float[] expected = encoder.Embed(Path.Combine(_newcomer.Work, Picture));

        _newcomer.Build("pack", "src/Fovea", _newcomer.Packed);
        _newcomer.Build("pack", "src/Fovea.Cli", _newcomer.Packed);
        _newcomer.Dotnet("tool", "install", "Fovea.Tool", "--tool-path", "tools");
        AssertSame(expected, OfTool("-m", Model));
        AssertSame(expected, OfLibrary());

        // Both carry the model that ships.
        using ImageEncoder shipped = ImageEncoder.Load();
        AssertSame(shipped.Embed(Path.Combine(_newcomer.Work, Picture)), OfTool());
        Assert.True(File.Exists(Path.Combine(_newcomer.Work, "app", "bin", "Debug", "net10.0", "models", "fovea-small.safetensors")), "the library's package does not bring its model");
    }

    private float[] OfTool(params string[] model)
    {
        JsonNode line = JsonNode.Parse(_newcomer.Start("tools/fovea", ["embed", Picture, .. model]))!;
        return [.. line["embedding"]!.AsArray().Select(number => (float)number!)];
    }

    /// <summary>The example of the library's package page, as it stands there.</summary>
    private float[] OfLibrary()
    {
        string app = Directory.CreateDirectory(Path.Combine(_newcomer.Work, "app")).FullName;
        File.WriteAllText(Path.Combine(app, "Program.cs"), Example().Match(File.ReadAllText(TestFolders.InRepository("src", "Fovea", "PACKAGE.md"))).Groups["code"].Value);
        File.WriteAllText(Path.Combine(app, "app.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Fovea" Version="*" />
                <PackageReference Include="Microsoft.ML.OnnxRuntime" Version="{Pinned("Microsoft.ML.OnnxRuntime")}" />
                <PackageReference Include="SkiaSharp.NativeAssets.Linux.NoDependencies" Version="{Pinned("SkiaSharp.NativeAssets.Linux.NoDependencies")}" />
              </ItemGroup>
            </Project>
            """);
        string printed = _newcomer.Dotnet("run", "--project", "app");
        Match numbers = Printed().Match(printed);
        Assert.True(numbers.Success, $"the example printed: {printed}");
        return [.. numbers.Groups["number"].Captures.Select(number => float.Parse(number.Value, CultureInfo.InvariantCulture))];
    }

    private static string Pinned(string package) => XDocument.Load(TestFolders.InRepository("Directory.Packages.props"))
        .Descendants("PackageVersion").Single(version => version.Attribute("Include")!.Value == package).Attribute("Version")!.Value;

    /// <summary>The tool has one thread inside a matrix product, a single call all: the last bits may differ.</summary>
    private static void AssertSame(float[] expected, float[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"^[0-9]+ numbers:( (?<number>\S+))+\s*$")]
    private static partial Regex Printed();
}
