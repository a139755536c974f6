using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fovea.Tests.Documents;

/// <summary>The C# of the README compiles as it stands.</summary>
public class ReadmeCodeTests
{
    [Fact]
    public void Code_compiles()
    {
        string readme = File.ReadAllText(TestFolders.InRepository("README.md"));
        string[] blocks = [.. readme.Split("```csharp\n").Skip(1).Select(block => block[..block.IndexOf("```", StringComparison.Ordinal)])];
        Assert.NotEmpty(blocks);
        string[] platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        foreach (string block in blocks)
        {
            CSharpCompilation program = CSharpCompilation.Create(
                "readme",
                [CSharpSyntaxTree.ParseText("global using System; global using System.Threading.Tasks;"), CSharpSyntaxTree.ParseText(block)],
                platform.Select(assembly => MetadataReference.CreateFromFile(assembly)),
                new CSharpCompilationOptions(OutputKind.ConsoleApplication));
            Assert.Empty(program.GetDiagnostics().Where(message => message.Severity == DiagnosticSeverity.Error));
        }
    }
}
