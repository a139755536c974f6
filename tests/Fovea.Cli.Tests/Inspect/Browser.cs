using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fovea.Tests;

namespace Fovea.Cli.Tests.Inspect;

/// <summary>A page in headless Chromium (FOVEA_CHROMIUM, or `chromium` of the path), with axe-core (FOVEA_AXE: axe.min.js) where it is wanted. What lacks skips the test, loudly.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _program;

    private Browser(string program) => _program = program;

    public static Browser Open()
    {
        string? program = Environment.GetEnvironmentVariable("FOVEA_CHROMIUM") is { Length: > 0 } given
            ? given
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "there is no chromium on the path and FOVEA_CHROMIUM is not set: the report is not looked at in a browser (Debian: apt-get install chromium)");
        return new Browser(program!);
    }

    /// <summary>The text of axe-core.</summary>
    public static string Axe()
    {
        string? file = Environment.GetEnvironmentVariable("FOVEA_AXE");
        Assert.SkipWhen(file is null || !File.Exists(file), "FOVEA_AXE does not name an axe.min.js: the report's accessibility is not checked (npm install axe-core)");
        return File.ReadAllText(file!);
    }

    /// <summary>Runs a script in a page after its own, and gives what it put into `window.result`.</summary>
    /// <param name="html">The page; its policy is taken out so that the script runs, nothing else is changed but the colour scheme.</param>
    /// <param name="script">May be asynchronous; ends with a call of `done(value)`.</param>
    /// <param name="isDark">Dark instead of light.</param>
    /// <param name="width">Of the page in pixels.</param>
    public JsonNode Run(string html, string script, bool isDark = false, int width = 1280)
    {
        string page = Policy().Replace(html, "");
        if (isDark) page = page.Replace("@media (prefers-color-scheme: dark)", "@media all", StringComparison.Ordinal);
        string runner = $$"""
            <script>
            window.mistakes = [];
            const done = value => { const out = document.createElement("pre"); out.id = "result"; out.textContent = JSON.stringify({ value, mistakes: window.mistakes }); document.body.append(out); };
            (async () => { try { {{script}} } catch (mistake) { done({ failed: String(mistake) }); } })();
            </script>
            """;
        page = page.Replace("<head>", "<head><script>window.mistakes = []; addEventListener('error', event => window.mistakes.push(String(event.message)));</script>", StringComparison.Ordinal);
        int end = page.LastIndexOf("</body>", StringComparison.Ordinal);
        // A frame has the width that is asked for; a window of Chromium has a least one.
        File.WriteAllText(_folder.File("page.html"), page[..end] + runner + page[end..]);
        File.WriteAllText(_folder.File("frame.html"), $"<!DOCTYPE html><iframe src='page.html' style='width:{width}px;height:900px;border:0'></iframe><script>addEventListener('load', () => {{ const look = () => {{ const out = document.querySelector('iframe').contentDocument.getElementById('result'); if (out) {{ document.body.append(out.cloneNode(true)); }} else setTimeout(look, 50); }}; look(); }});</script>");
        string dump = Start("--window-size=1400,1000", "--allow-file-access-from-files", "--virtual-time-budget=60000", "--dump-dom", new Uri(_folder.File("frame.html")).AbsoluteUri);
        Match found = Result().Match(dump);
        Assert.True(found.Success, $"the page gave no result: {dump[..Math.Min(dump.Length, 600)]}");
        JsonNode result = JsonNode.Parse(System.Net.WebUtility.HtmlDecode(found.Groups["json"].Value))!;
        Assert.Empty(result["mistakes"]!.AsArray().Select(mistake => (string)mistake!));
        return result["value"]!;
    }

    /// <summary>The page as it is, policy and all, after its script has run.</summary>
    public string Dump(string html)
    {
        File.WriteAllText(_folder.File("whole.html"), html);
        return Start("--virtual-time-budget=60000", "--dump-dom", new Uri(_folder.File("whole.html")).AbsoluteUri);
    }

    public void Dispose() => _folder.Dispose();

    private string Start(params string[] arguments)
    {
        ProcessStartInfo start = new(_program, ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", $"--user-data-dir={_folder.File("profile")}", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return output;
    }

    [GeneratedRegex("<meta http-equiv=\"Content-Security-Policy\"[^>]*>")]
    private static partial Regex Policy();

    [GeneratedRegex("<pre id=\"result\">(?<json>.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Result();
}
