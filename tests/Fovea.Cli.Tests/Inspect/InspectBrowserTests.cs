using System.Text.Json.Nodes;
using Fovea.Tests;
using Fovea.Tests.Insight;

namespace Fovea.Cli.Tests.Inspect;

/// <summary>The report as people meet it: in a browser, by keyboard, in light and dark, wide and narrow.</summary>
public sealed class InspectBrowserTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false, 1280)]
    [InlineData(true, 1280)]
    [InlineData(false, 360)]
    [InlineData(true, 360)]
    public async Task Axe_finds_nothing_serious(bool isDark, int width)
    {
        string axe = Browser.Axe();
        using Browser browser = Browser.Open();
        string html = (await Report(DrawnModel.Config)).Replace("</head>", $"<script>{axe}</script></head>", StringComparison.Ordinal);
        JsonNode found = browser.Run(html, """
            for (const details of document.querySelectorAll("details")) details.open = true;
            const result = await axe.run(document);
            done({ checked: result.passes.length, violations: result.violations.map(one => ({ id: one.id, impact: one.impact, nodes: one.nodes.slice(0, 3).map(node => node.html.slice(0, 200) + " " + node.failureSummary) })) });
            """, isDark, width);
        Assert.True((int)found["checked"]! > 15, found.ToJsonString());
        Assert.True(found["violations"]!.AsArray().Count == 0, found["violations"]!.ToJsonString());
    }

    [Fact]
    public async Task Narrow_page_does_not_scroll_sideways()
    {
        using Browser browser = Browser.Open();
        JsonNode found = browser.Run(await Report(DrawnModel.Config), "done({ width: document.documentElement.scrollWidth, inner: innerWidth });", width: 360);
        Assert.Equal(360, (int)found["inner"]!);
        Assert.InRange((int)found["width"]!, 0, 360);
    }

    [Fact]
    public async Task Patch_that_is_chosen_shows_what_is_like_it_by_pointer_and_by_keyboard()
    {
        using Browser browser = Browser.Open();
        JsonNode found = browser.Run(await Report(DrawnModel.Config), """
            const card = document.querySelector(".card"), stage = card.querySelector(".stage"), told = () => card.querySelector(".told").textContent;
            const pixels = () => [...card.querySelector(".similarity canvas").getContext("2d").getImageData(0, 0, 8, 8).data].join();
            const place = stage.getBoundingClientRect();
            const at = (column, row) => stage.dispatchEvent(new PointerEvent("pointerdown", { clientX: place.left + (column + 0.5) / 8 * place.width, clientY: place.top + (row + 0.5) / 8 * place.height, bubbles: true }));
            at(4, 3); const pointed = told(), first = pixels();
            stage.focus();
            stage.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true }));
            const moved = told(), second = pixels();
            at(0, 0);
            stage.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowUp", bubbles: true, cancelable: true }));
            done({ pointed, moved, stopped: told(), differs: first !== second, focus: document.activeElement === stage });
            """);
        Assert.StartsWith("Row 4, column 5;", (string)found["pointed"]!, StringComparison.Ordinal);
        Assert.StartsWith("Row 4, column 6;", (string)found["moved"]!, StringComparison.Ordinal);
        Assert.StartsWith("Row 1, column 1;", (string)found["stopped"]!, StringComparison.Ordinal);
        Assert.True((bool)found["differs"]!);
        Assert.True((bool)found["focus"]!);
    }

    [Fact]
    public async Task Cosines_in_the_page_are_those_of_the_library()
    {
        using Browser browser = Browser.Open();
        string model = Model(DrawnModel.Config);
        string html = await Report(model);
        JsonNode found = browser.Run(html, """
            const card = document.querySelector(".card"), stage = card.querySelector(".stage"), place = stage.getBoundingClientRect();
            document.getElementById("level").value = 2;
            document.getElementById("level").dispatchEvent(new Event("input", { bubbles: true }));
            stage.dispatchEvent(new PointerEvent("pointerdown", { clientX: place.left + 2.5 / 8 * place.width, clientY: place.top + 1.5 / 8 * place.height, bubbles: true }));
            done({ told: card.querySelector(".told").textContent, words: card.querySelector(".similarity .words").textContent });
            """);
        using ImageEncoder encoder = await ImageEncoder.LoadAsync(model);
        string picture = Directory.EnumerateFiles(TestFolders.InRepository("samples", "images")).Where(file => !file.EndsWith(".md", StringComparison.Ordinal)).Order(StringComparer.Ordinal).First();
        float[] patches = encoder.Layout.Patches(encoder.Features(picture, EncoderOutput.BlockTokens(1))["block.1"].Values).ToArray();
        int chosen = 8 + 2, width = encoder.Width;
        double Cosine(int other)
        {
            double product = 0, own = 0, others = 0;
            for (int index = 0; index < width; index++)
            {
                double a = patches[chosen * width + index], b = patches[other * width + index];
                (product, own, others) = (product + a * b, own + a * a, others + b * b);
            }
            return product / Math.Sqrt(own * others);
        }
        int nearest = Enumerable.Range(0, 64).Where(patch => patch != chosen).MaxBy(Cosine);
        string told = (string)found["told"]!;
        string cosine = told[(told.LastIndexOf("cosine ", StringComparison.Ordinal) + 7)..told.LastIndexOf(')')];
        Assert.Equal(Cosine(nearest), double.Parse(cosine, System.Globalization.CultureInfo.InvariantCulture), 0.005);       // steps of 1/127.5 in the page
        Assert.Equal("Cosine to the chosen patch, after block 2", (string)found["words"]!);
    }

    [Fact]
    public async Task Level_head_and_query_change_what_the_maps_show()
    {
        using Browser browser = Browser.Open();
        JsonNode found = browser.Run(await Report(DrawnModel.Config with { HasAttentionPool = true }), """
            const words = () => document.querySelector(".card .attention .words").textContent;
            const set = (id, value) => { const control = document.getElementById(id); control.value = value; control.dispatchEvent(new Event("input", { bubbles: true })); };
            const seen = [words()];
            for (const value of ["0", "rollout", "4"]) { set("query", value); seen.push(words()); }
            set("head", "2"); set("level", "1"); seen.push(words());
            const queries = [...document.querySelectorAll("#query option")].map(option => option.textContent);
            document.getElementById("boxes").click();
            done({ seen, queries, norms: document.querySelector(".card .norms .words").textContent, boxes: getComputedStyle(document.querySelector(".card .boxes")).display });
            """);
        Assert.Equal(
            ["Pooled query, mean", "Register 1, block 3, mean over heads", "Attention rollout over all blocks", "Mean of the patches, block 3, mean over heads", "Mean of the patches, block 1, head 2"],
            found["seen"]!.AsArray().Select(words => (string)words!));
        Assert.Equal(["Pooled query", "Mean of the patches", "Register 1", "Register 2", "Register 3", "Register 4", "Rollout over all blocks"], found["queries"]!.AsArray().Select(words => (string)words!));
        Assert.Equal("Token norms, after block 1", (string)found["norms"]!);
        Assert.Equal("none", (string)found["boxes"]!);
    }

    [Fact]
    public async Task Own_script_runs_under_the_policy_of_the_page()
    {
        using Browser browser = Browser.Open();
        // Were its hash wrong, the page's script would not run, and nothing would be told of a patch.
        string dump = browser.Dump(await Report(DrawnModel.Config));
        Assert.Contains("script-src 'sha256-", dump, StringComparison.Ordinal);
        Assert.Contains("aria-live=\"polite\">Row ", dump, StringComparison.Ordinal);
    }

    private string Model(VitConfig config) => DrawnModel.Write(_folder.File("model.safetensors"), config, ImageSize.Square(64));

    private Task<string> Report(VitConfig config) => Report(Model(config));

    private async Task<string> Report(string model)
    {
        ToolRun run = await ToolRun.Of("inspect", TestFolders.InRepository("samples", "images"), "-m", model, "-o", _folder.File("report.html"), "--probes", "--labels", "folders", "--max", "8");
        Assert.True(run.ExitCode == 0, run.Error);
        return await File.ReadAllTextAsync(_folder.File("report.html"));
    }
}
