using System.Runtime.CompilerServices;
using TorchSharp;

namespace Fovea.Training.Cli.Tests;

/// <summary>Tests run beside each other, so each computes on one thread: two threads of every test would wait for each other.</summary>
internal static class TestThreads
{
    [ModuleInitializer]
    internal static void One() => torch.set_num_threads(1);
}
