using Fovea.Images;
using Fovea.Inference;

namespace Fovea.Training.Evaluation;

/// <summary>Pixels as features, the floor that every encoder must pass: the picture at one small size, less its mean, so that brightness does not count.</summary>
internal static class PixelFeatures
{
    /// <summary>The size that baselines are stated for.</summary>
    public static ImageSize DefaultSize => ImageSize.Square(32);

    /// <summary>One picture.</summary>
    /// <param name="image">Any size; stretched by Pillow's bicubic where it has another.</param>
    /// <param name="size">The size of the features.</param>
    /// <param name="target">[height, width, 3]: levels on the scale 0 to 1, less the mean of all.</param>
    public static void Describe(RgbImage image, ImageSize size, Span<float> target)
    {
        if (image.Size != size)
        {
            using RgbImage resized = new(size);
            Resampler.Resize(image.Window, resized, ResampleFilter.Bicubic);
            Describe(resized, size, target);
            return;
        }
        ReadOnlySpan<byte> pixels = image.Pixels;
        long sum = 0;
        for (int pixel = 0; pixel < pixels.Length; pixel += RgbImage.PixelBytes) sum += pixels[pixel] + pixels[pixel + 1] + pixels[pixel + 2];
        double mean = (double)sum / target.Length;
        for (int index = 0; index < target.Length; index++) target[index] = (float)((pixels[index / 3 * RgbImage.PixelBytes + index % 3] - mean) / 255);
    }

    /// <summary>All pictures of a source. Those that cannot be read are left out and reported.</summary>
    /// <param name="source">Pictures, labelled or not.</param>
    /// <param name="classes">Names of the classes, or nothing.</param>
    /// <param name="size">The size of the features; null is <see cref="DefaultSize"/>.</param>
    /// <param name="skipped">Told the name of each picture that cannot be used, and why.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="EvaluationException">No picture can be used, or a label is no class.</exception>
    /// <exception cref="ImageException">The source itself is damaged.</exception>
    public static async Task<FeatureSet> ReadAsync(
        ImageSource source, IReadOnlyList<string> classes, ImageSize? size = null, Action<string, ImageException>? skipped = null, CancellationToken cancellation = default)
    {
        ImageSize wanted = size ?? DefaultSize;
        FeatureSetBuilder builder = new("pixels", classes);
        await foreach ((EncodedImage picture, float[]? features, ImageException? reason) in
            OrderedPipeline.Run(source.Open(cancellation), Environment.ProcessorCount, (picture, _) => Read(picture, wanted), cancellation).ConfigureAwait(false))
        {
            if (features is not null) builder.Add(picture.Name, picture.Label, features);
            else skipped?.Invoke(picture.Name, reason!);
        }
        return builder.Build();
    }

    private static (EncodedImage Picture, float[]? Features, ImageException? Reason) Read(EncodedImage picture, ImageSize size)
    {
        try
        {
            float[] features = new float[3 * size.Height * size.Width];
            using RgbImage image = ImageDecoder.Decode(picture.Read().Span, picture.Name, DecodeOptions.Default);
            Describe(image, size, features);
            return (picture, features, null);
        }
        catch (ImageException reason)
        {
            return (picture, null, reason);
        }
    }
}
