using System.Globalization;
using Fovea.Fuzz;

namespace Fovea.Tests.Fuzz;

/// <summary>Five seconds of damaged files for each reader, others every day; docs/hardness.md has the long runs.</summary>
public class FuzzTests
{
    // A machine under load may stop a thread for seconds; what hangs does so for longer than this too.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly int Today = int.Parse(DateTime.UtcNow.ToString("yyyyMMdd", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    public static TheoryData<string> Targets => [.. FuzzTarget.Names];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Targets))]
    public void Damaged_file_is_read_or_refused_and_nothing_else(string name)
    {
        using FuzzTarget target = FuzzTarget.Of(name);
        // Kept after the test: a finding has to be looked at.
        string findings = Path.Combine(Path.GetTempPath(), "fovea-findings");
        FuzzResult result = new FuzzRun(target, Today, findings).Run(new FuzzLimits { Time = TimeSpan.FromSeconds(5), Patience = Patience });
        Assert.True(result.Finding is null, result.Finding);
        Assert.True(result.Accepted > 0 && result.Refused > result.Accepted, $"the damage has no effect, or is everywhere: {result}");
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Today}: {result}");
    }
}
