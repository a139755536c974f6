using System.Runtime.CompilerServices;

namespace Fovea.Tests;

/// <summary>Tests, and the processes they start, leave the user's own cache of graphs alone; those about the cache bring a folder.</summary>
internal static class TestEnvironment
{
    [ModuleInitializer]
    internal static void TurnOffTheCache() => Environment.SetEnvironmentVariable("FOVEA_CACHE", "0");
}
