using System.Globalization;
using System.Text;
using Fovea.Networks;

namespace Fovea.Tests.Networks;

/// <summary>`docs/networks.md` is the list of named networks, written from the configurations themselves.</summary>
public class NetworksPageTests
{
    /// <summary>Set to 1, it lets the test write the page: the change is then to be read and committed.</summary>
    private const string Rewrite = "FOVEA_WRITE_DOCS";

    private static readonly string Page = TestFolders.InRepository("docs", "networks.md");

    [Fact]
    public void Page_lists_every_named_network_with_its_numbers()
    {
        string expected = Write();
        if (Environment.GetEnvironmentVariable(Rewrite) == "1") File.WriteAllText(Page, expected);
        string found = File.Exists(Page) ? File.ReadAllText(Page) : "";
        Assert.True(expected == found, $"docs/networks.md differs from the named networks at line {FirstDifference(expected, found)}; run this test with {Rewrite}=1 to write it again.");
    }

    private static string Write()
    {
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"""
            # Named networks

            The {NamedNetworks.Names.Count} Vision Transformers that have a name. A test writes this page from the configurations; it is not edited by hand.

            Parameters are those of the encoder at 224 x 224 pixels (position table included), without a head. Width is the length of the embedding. *none* under norm means: no final norm.
            Pooling says how tokens become the embedding: the class token, the mean of the patch tokens, or an attention pool.

            | name | parameters, M | width | depth | heads | patch | registers | pooling | norm | also |
            |---|---:|---:|---:|---:|---:|---:|---|---|---|

            """);
        foreach (string name in NamedNetworks.Names) page.Append(Row(name)).Append('\n');
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static string Row(string name)
    {
        VitConfig config = NamedNetworks.Get(name);
        double millions = VitParameters.Count(new VitNetwork(config, ImageSize.Square(224))) / 1e6;
        return string.Create(CultureInfo.InvariantCulture,
            $"| `{name}` | {millions:F1} | {config.Width} | {config.Depth} | {config.Heads} | {config.PatchSize} | {config.Registers} | {Pooling(config)} | {Norm(config)} | {string.Join(", ", Also(config))} |");
    }

    private static string Pooling(VitConfig config)
    {
        if (config.HasAttentionPool) return config.AttentionPool == AttentionPoolType.EfficientProbing ? "efficient probing" : "attention";
        return config.HasClassToken ? "class token" : "mean";
    }

    private static string Norm(VitConfig config) => (config.Norm == NormType.RmsNorm ? "RMS" : "layer") + (config.HasFinalNorm ? "" : ", none");

    /// <summary>What the other columns do not say and a reader of papers looks for.</summary>
    private static IEnumerable<string> Also(VitConfig config)
    {
        if (config.Mlp is MlpType.Gated or MlpType.GatedWithNorm) yield return "gated network";
        if (config.Mlp == MlpType.SoftMixtureOfExperts) yield return "mixture of experts";
        if (config.Activation is { } activation) yield return activation.ToString();
        if (config.LayerScale.HasValue) yield return "layer scale";
        if (config.NormsQueriesAndKeys) yield return "QK norm";
        if (config.HasPreNorm) yield return "pre-norm";
        if (config.NormsAfterPool) yield return "norm after pool";
        if (!config.PositionsCoverSpecialTokens) yield return "no positions for special tokens";
    }

    private static int FirstDifference(string expected, string found) =>
        1 + expected.Split('\n').Zip(found.Split('\n')).TakeWhile(pair => pair.First == pair.Second).Count();
}
