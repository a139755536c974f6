using Microsoft.Extensions.Logging;

namespace Fovea.Inference;

/// <summary>What an encoder tells a logger.</summary>
internal static partial class EncoderLog
{
    public static void ModelLoaded(ILogger logger, string model, ModelDescription description, TimeSpan duration)
    {
        if (logger.IsEnabled(LogLevel.Information)) ModelLoaded(logger, model, description.Network, description.ImageSize, (long)duration.TotalMilliseconds);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "{Model} loaded: {Network} at {ImageSize} pixels, in {Milliseconds} ms")]
    private static partial void ModelLoaded(ILogger logger, string model, string network, ImageSize imageSize, long milliseconds);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "{Picture} skipped: {Reason}")]
    public static partial void PictureSkipped(ILogger logger, string picture, string reason);
}
