using System.Globalization;
using Fovea.Images;

namespace Fovea.Training.Annotations;

/// <summary>A mask of classes: the class of a pixel is the raw sample of a PNG with one channel. Colours of palettes, transparency and bit depths mean nothing.</summary>
/// <param name="Size">Rows and columns.</param>
/// <param name="Classes">[rows * columns], row-major.</param>
internal sealed record LabelPicture(ImageSize Size, ushort[] Classes)
{
    /// <summary>The target of pixels that do not count.</summary>
    public const ushort Ignored = 255;

    /// <summary>Reads a mask.</summary>
    /// <param name="encoded">A whole PNG.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="ImageException">It is damaged or cut.</exception>
    /// <exception cref="AnnotationException">It is another format, or has colours in place of classes.</exception>
    public static LabelPicture Read(ReadOnlySpan<byte> encoded, string name)
    {
        if (!encoded.StartsWith(PngHeader.Signature)) throw new AnnotationException($"{name}: is no PNG; masks of classes are PNG pictures, since other formats change samples.");
        PngSamples samples = PngSamples.Read(encoded, name, DecodeOptions.Default);
        if (samples.Header.Channels != 1)
        {
            throw new AnnotationException(string.Create(CultureInfo.InvariantCulture, $"{name}: has {samples.Header.Channels} samples a pixel, colours instead of classes; write masks with a palette or in grey."));
        }
        ImageSize size = samples.Header.Size;
        ushort[] classes = new ushort[checked(size.Height * size.Width)];
        for (int row = 0; row < size.Height; row++) samples.Unpack(row, classes.AsSpan(row * size.Width, size.Width));
        return new LabelPicture(size, classes);
    }

    /// <summary>As ADE20K's masks are read: 0 is ignored, the others are moved down by one, 255 stays.</summary>
    public LabelPicture ReduceZeroLabel() => this with { Classes = [.. Classes.Select(label => label is 0 or Ignored ? Ignored : (ushort)(label - 1))] };
}
