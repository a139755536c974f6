using Microsoft.ML.OnnxRuntime;

namespace Fovea.Inference;

/// <summary>How sessions run, and how they write and read optimised graphs.</summary>
internal static class SessionSettings
{
    // Parameters below this stay in the graph: norms, biases, constants.
    private const string SmallestExternal = "1024";

    /// <param name="threads">Threads inside one call; the runtime's own default counts the host's cores, not the container's.</param>
    public static SessionOptions Of(int threads) => new()
    {
        IntraOpNumThreads = threads,
        InterOpNumThreads = 1,
        ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
    };

    /// <summary>For a graph that is optimised already. Its failures are no news: the graph is made again.</summary>
    public static SessionOptions OfCached(int threads)
    {
        SessionOptions options = Of(threads);
        options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
        return options;
    }

    /// <summary>For a session whose only purpose is to write its optimised graph and prepacked weights.</summary>
    /// <param name="graph">The file of the graph.</param>
    /// <param name="weights">The name of the file beside it that gets the weights.</param>
    public static SessionOptions ThatSave(string graph, string weights)
    {
        SessionOptions options = Of(threads: 1);
        options.OptimizedModelFilePath = graph;
        options.AddSessionConfigEntry("session.save_external_prepacked_constant_initializers", "1");
        options.AddSessionConfigEntry("session.optimized_model_external_initializers_file_name", weights);
        options.AddSessionConfigEntry("session.optimized_model_external_initializers_min_size_in_bytes", SmallestExternal);
        return options;
    }
}
