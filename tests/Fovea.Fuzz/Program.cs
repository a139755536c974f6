using System.Globalization;
using Fovea.Fuzz;

// Damaged files for the readers of files that strangers make: docs/hardness.md.
return args switch
{
    [string target, "--file", string file] when FuzzTarget.Names.Contains(target) => Replay(target, file),
    [string target, .. string[] options] when target == "all" || FuzzTarget.Names.Contains(target) => Fuzz(target, options),
    _ => Usage(),
};

static int Fuzz(string target, string[] options)
{
    FuzzLimits limits = new();
    int seed = Environment.TickCount & 0xFFFF;
    string findings = Path.Combine(Path.GetTempPath(), "fovea-findings");
    for (int at = 0; at + 1 < options.Length; at += 2)
    {
        string value = options[at + 1];
        switch (options[at])
        {
            case "--seconds": limits = limits with { Time = TimeSpan.FromSeconds(double.Parse(value, CultureInfo.InvariantCulture)) }; break;
            case "--inputs": limits = limits with { Inputs = long.Parse(value, CultureInfo.InvariantCulture) }; break;
            case "--first": limits = limits with { First = long.Parse(value, CultureInfo.InvariantCulture) }; break;
            case "--seed": seed = int.Parse(value, CultureInfo.InvariantCulture); break;
            case "--findings": findings = value; break;
            default: return Usage();
        }
    }
    if (options.Length % 2 != 0 || limits is { Inputs: long.MaxValue, Time.Ticks: long.MaxValue }) return Usage();
    Console.WriteLine($"seed {seed}, findings and the number of the last input in {findings}");
    bool isClean = true;
    foreach (string name in target == "all" ? FuzzTarget.Names : [target])
    {
        using FuzzTarget reader = FuzzTarget.Of(name);
        FuzzResult result = new FuzzRun(reader, seed, findings).Run(limits);
        Console.WriteLine(result);
        if (result.Finding is not null) Console.WriteLine(result.Finding);
        isClean &= result.Finding is null;
    }
    return isClean ? 0 : 1;
}

static int Replay(string target, string file)
{
    using FuzzTarget reader = FuzzTarget.Of(target);
    string? finding = new FuzzRun(reader, seed: 0, Path.GetTempPath()).Replay(file);
    Console.WriteLine(finding ?? "read or refused, as it should be");
    return finding is null ? 0 : 1;
}

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project tests/Fovea.Fuzz -- TARGET|all --seconds N | --inputs N [--seed S] [--first N] [--findings FOLDER]
        dotnet run -c Release --project tests/Fovea.Fuzz -- TARGET --file PATH
          TARGET is pt, safetensors, onnx, picture or archive. The first form ends with 1 at a finding, which it saves; the second tries a saved one.
        """);
    return 2;
}
