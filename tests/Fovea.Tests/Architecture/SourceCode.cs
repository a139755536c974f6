using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fovea.Tests.Architecture;

/// <summary>The library and the tool as the compiler understands them: which file uses what is declared where.</summary>
internal static class SourceCode
{
    /// <summary>The folder of files that lie beside the folders: the public face.</summary>
    public const string Face = "the public face";

    /// <summary>The folder of every file of the tool.</summary>
    public const string Tool = "Fovea.Cli";

    private const string ImplicitUsings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly string Root = TestFolders.InRepository("src");
    private static readonly Lazy<CSharpCompilation> Compilation = new(Compile);
    private static readonly Lazy<SourceUse[]> Found = new(() => [.. Compilation.Value.SyntaxTrees.Where(IsOurs).AsParallel().SelectMany(UsesOf).Distinct()]);

    /// <summary>Every use of a type or member that is declared in another folder, or in a package.</summary>
    public static IReadOnlyList<SourceUse> Uses => Found.Value;

    /// <summary>What the compiler cannot resolve in the library, generated code aside: uses of it would be missed.</summary>
    public static IEnumerable<Diagnostic> Unresolved()
    {
        // A member, an override, a constructor or a partial half that a generator writes.
        HashSet<string> generated = ["CS0117", "CS0534", "CS1061", "CS7036", "CS8795"];
        return Compilation.Value.GetDiagnostics().Where(diagnostic =>
            diagnostic.Severity == DiagnosticSeverity.Error && !generated.Contains(diagnostic.Id) && FolderOf(diagnostic.Location.SourceTree!.FilePath) != Tool);
    }

    /// <summary>All folders of the library that hold code, and the tool.</summary>
    public static IEnumerable<string> Folders() => Compilation.Value.SyntaxTrees.Where(IsOurs).Select(tree => FolderOf(tree.FilePath)).Distinct();

    private static CSharpCompilation Compile()
    {
        CSharpParseOptions options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);
        IEnumerable<string> files = new[] { "Fovea", "Fovea.Cli" }.SelectMany(project => RepositoryFiles.Below(Path.Combine(Root, project))).Where(file => file.EndsWith(".cs", StringComparison.Ordinal));
        IEnumerable<MetadataReference> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(assembly => !Path.GetFileName(assembly).StartsWith("Fovea", StringComparison.Ordinal))
            .Select(assembly => MetadataReference.CreateFromFile(assembly));
        return CSharpCompilation.Create(
            "Source",
            [.. files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file)), CSharpSyntaxTree.ParseText(ImplicitUsings, options)],
            references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
    }

    private static IEnumerable<SourceUse> UsesOf(SyntaxTree tree)
    {
        SemanticModel model = Compilation.Value.GetSemanticModel(tree);
        string file = Path.GetRelativePath(Root, tree.FilePath), folder = FolderOf(tree.FilePath);
        foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
        {
            ISymbol? symbol = node switch
            {
                SimpleNameSyntax name => model.GetSymbolInfo(name).Symbol,
                ImplicitObjectCreationExpressionSyntax creation => model.GetTypeInfo(creation).Type,
                _ => null,
            };
            if (symbol is null or INamespaceSymbol or ILocalSymbol or IParameterSymbol or IRangeVariableSymbol or ILabelSymbol or ITypeParameterSymbol) continue;
            foreach (string place in PlacesOf(symbol))
            {
                if (place != folder) yield return new(file, folder, NameOf(symbol), place);
            }
        }
    }

    // A member is declared where its own lines are, which for a partial type need not be where the type begins.
    private static IEnumerable<string> PlacesOf(ISymbol symbol)
    {
        ISymbol declared = (symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension : symbol).OriginalDefinition;
        if (declared.DeclaringSyntaxReferences.IsEmpty && declared.ContainingAssembly is { } assembly) return [assembly.Name];
        return declared.DeclaringSyntaxReferences.Select(reference => FolderOf(reference.SyntaxTree.FilePath)).Distinct();
    }

    private static string NameOf(ISymbol symbol) => symbol is ITypeSymbol || symbol.ContainingType is null ? symbol.Name : $"{symbol.ContainingType.Name}.{symbol.Name}";

    private static bool IsOurs(SyntaxTree tree) => tree.FilePath.Length > 0;

    private static string FolderOf(string file) => Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar) switch
    {
        ["Fovea", var folder, _, ..] => folder,
        ["Fovea", _] => Face,
        _ => Tool,
    };
}

/// <summary>A file that uses something of another folder (or of a package: then <see cref="From"/> is its assembly).</summary>
internal readonly record struct SourceUse(string File, string Folder, string Name, string From)
{
    public override string ToString() => $"{File} ({Folder}) uses {Name} of {From}";
}
