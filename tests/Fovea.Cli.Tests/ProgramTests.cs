namespace Fovea.Cli.Tests;

public class ProgramTests
{
    [Fact]
    public void Assembly_is_named_apart_from_the_library() => Assert.Equal("Fovea.Cli", typeof(ProgramTests).Assembly.GetName().Name?.Replace(".Tests", "", StringComparison.Ordinal));
}
