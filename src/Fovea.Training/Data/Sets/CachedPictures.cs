using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Fovea.Images;

namespace Fovea.Training.Data;

/// <summary>A set whose decoded pictures stay in memory, three bytes a pixel, until a limit is reached; those that came later are decoded each time.</summary>
/// <remarks>For sets of small pictures, where decoding costs more than all that follows. What is given out is the same with and without it.</remarks>
internal sealed class CachedPictures(IPictureSet pictures, long mostBytes) : IPictureSet
{
    // What a dictionary's entry and an array cost beside the pixels.
    private const int Overhead = 120;
    private const int Channels = 3;

    private readonly ConcurrentDictionary<int, (ImageSize Size, byte[] Pixels)> _kept = new();
    private long _bytes;

    public int Count => pictures.Count;

    public IReadOnlyList<SourceShare> Sources => pictures.Sources;

    /// <summary>Pictures that are kept.</summary>
    public int Kept => _kept.Count;

    public string NameOf(int sample) => pictures.NameOf(sample);

    public int? LabelOf(int sample) => pictures.LabelOf(sample);

    public RgbImage Open(int sample)
    {
        if (_kept.TryGetValue(sample, out (ImageSize Size, byte[] Pixels) kept)) return Unpack(kept.Size, kept.Pixels);
        RgbImage image = pictures.Open(sample);
        long bytes = (long)Channels * image.Size.Height * image.Size.Width + Overhead;
        // Added first and taken back: of threads that come at once none may pass the limit.
        if (Interlocked.Add(ref _bytes, bytes) > mostBytes || !_kept.TryAdd(sample, (image.Size, Pack(image)))) Interlocked.Add(ref _bytes, -bytes);
        return image;
    }

    public void Dispose() => pictures.Dispose();

    private static byte[] Pack(RgbImage image)
    {
        ReadOnlySpan<byte> pixels = image.Pixels;
        byte[] packed = new byte[pixels.Length / RgbImage.PixelBytes * Channels];
        for (int from = 0, to = 0; to < packed.Length; from += RgbImage.PixelBytes, to += Channels) pixels.Slice(from, Channels).CopyTo(packed.AsSpan(to));
        return packed;
    }

    private static RgbImage Unpack(ImageSize size, byte[] packed)
    {
        RgbImage image = new(size);
        Span<uint> pixels = MemoryMarshal.Cast<byte, uint>(image.Pixels);
        for (int index = 0; index < pixels.Length; index++)
        {
            ReadOnlySpan<byte> pixel = packed.AsSpan(index * Channels, Channels);
            pixels[index] = pixel[0] | (uint)pixel[1] << 8 | (uint)pixel[2] << 16;
        }
        return image;
    }
}
