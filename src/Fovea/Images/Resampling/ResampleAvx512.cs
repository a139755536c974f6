using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fovea.Images;

/// <summary>Both passes with 512-bit vectors; the bytes of <see cref="ResampleScalar"/>. How weights are multiplied: <see cref="KernelPairs"/>.</summary>
internal static unsafe class ResampleAvx512
{
    /// <summary>The fewest columns that the vertical pass takes: one vector.</summary>
    public const int FewestColumns = 64 / RgbImage.PixelBytes;

    // In each 128-bit lane: red of two neighbouring pixels as 16-bit numbers, then green, blue, filler. Index 0x80 gives 0.
    private static readonly Vector512<byte> FirstPair = Lanes(Vector128.Create((byte)0, 0x80, 4, 0x80, 1, 0x80, 5, 0x80, 2, 0x80, 6, 0x80, 3, 0x80, 7, 0x80));
    private static readonly Vector512<byte> SecondPair = Lanes(Vector128.Create((byte)8, 0x80, 12, 0x80, 9, 0x80, 13, 0x80, 10, 0x80, 14, 0x80, 11, 0x80, 15, 0x80));

    // A weight of each of four outputs, to all elements of the output's lane.
    private static readonly Vector512<int> ToLanes = Vector512.Create(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);

    /// <summary>Lanes are four outputs; rows are taken in pairs, so that weights are loaded once for two.</summary>
    public static void Horizontal(PixelWindow source, RgbImage target, KernelTable kernels)
    {
        KernelPairs pairs = kernels.Pairs;
        int last = target.Size.Height - 1;
        fixed (byte* from = source.Bytes, to = target.Pixels)
        fixed (int* offsets = pairs.RowOffsets, weights = pairs.RowWeights)
        {
            for (int row = 0; row <= last; row += 2)
            {
                nint second = Math.Min(row + 1, last) - row;                   // a lone last row is computed twice
                TwoRows(from + (nint)row * source.Stride, second * source.Stride, to + (nint)row * 4 * kernels.Outputs, second * 4 * kernels.Outputs, kernels, pairs.Steps, offsets, weights);
            }
        }
    }

    private static void TwoRows(byte* from, nint nextFrom, byte* to, nint nextTo, KernelTable kernels, int steps, int* offsets, int* weights)
    {
        (Vector512<int> half, int shift, int outputs) = (Vector512.Create(kernels.Half), kernels.FractionBits, kernels.Outputs);
        (Vector512<byte> firstPair, Vector512<byte> secondPair, Vector512<int> toLanes) = (FirstPair, SecondPair, ToLanes);
        for (int output = 0; output < outputs; output += KernelPairs.GroupOutputs, offsets += KernelPairs.GroupOutputs)
        {
            Vector512<int> high0 = Vector512<int>.Zero, high1 = Vector512<int>.Zero, low0 = half, low1 = half;
            byte* a = from + offsets[0], b = from + offsets[1], c = from + offsets[2], d = from + offsets[3];
            for (int step = 0; step < steps; step++, weights += 16, a += 16, b += 16, c += 16, d += 16)
            {
                Vector512<short> firstHigh = Spread(weights, toLanes), firstLow = Spread(weights + 4, toLanes);
                Vector512<short> secondHigh = Spread(weights + 8, toLanes), secondLow = Spread(weights + 12, toLanes);

                Vector512<byte> pixels = Load(a, b, c, d);
                Vector512<short> samples = Avx512BW.Shuffle(pixels, firstPair).AsInt16();
                high0 += Avx512BW.MultiplyAddAdjacent(samples, firstHigh);
                low0 += Avx512BW.MultiplyAddAdjacent(samples, firstLow);
                samples = Avx512BW.Shuffle(pixels, secondPair).AsInt16();
                high0 += Avx512BW.MultiplyAddAdjacent(samples, secondHigh);
                low0 += Avx512BW.MultiplyAddAdjacent(samples, secondLow);

                pixels = Load(a + nextFrom, b + nextFrom, c + nextFrom, d + nextFrom);
                samples = Avx512BW.Shuffle(pixels, firstPair).AsInt16();
                high1 += Avx512BW.MultiplyAddAdjacent(samples, firstHigh);
                low1 += Avx512BW.MultiplyAddAdjacent(samples, firstLow);
                samples = Avx512BW.Shuffle(pixels, secondPair).AsInt16();
                high1 += Avx512BW.MultiplyAddAdjacent(samples, secondHigh);
                low1 += Avx512BW.MultiplyAddAdjacent(samples, secondLow);
            }
            int bytes = RgbImage.PixelBytes * Math.Min(outputs - output, KernelPairs.GroupOutputs);
            Store(Round(high0, low0, shift), to + RgbImage.PixelBytes * output, bytes);
            Store(Round(high1, low1, shift), to + RgbImage.PixelBytes * output + nextTo, bytes);
        }
    }

    /// <summary>Two rows are interleaved, so that neighbours are samples of one column. The last vector overlaps the one before it.</summary>
    public static void Vertical(PixelWindow source, RgbImage target, KernelTable kernels)
    {
        KernelPairs pairs = kernels.Pairs;
        int rowBytes = RgbImage.PixelBytes * target.Size.Width;
        nint lastRow = source.Size.Height - 1;
        fixed (byte* from = source.Bytes, to = target.Pixels)
        fixed (int* weights = pairs.ColumnWeights)
        {
            for (int row = 0; row < kernels.Outputs; row++)
            {
                for (int column = 0; column < rowBytes; column += 64)
                {
                    int place = Math.Min(column, rowBytes - 64);
                    Vector512<byte> pixels = Column(from + place, source.Stride, kernels.First(row), lastRow, weights + 2 * row * pairs.Pairs, pairs.Pairs, kernels);
                    pixels.Store(to + (nint)row * rowBytes + place);
                }
            }
        }
    }

    private static Vector512<byte> Column(byte* from, nint stride, nint first, nint lastRow, int* weights, int pairs, KernelTable kernels)
    {
        Vector512<int> half = Vector512.Create(kernels.Half);
        Vector512<int> high0 = Vector512<int>.Zero, high1 = Vector512<int>.Zero, high2 = Vector512<int>.Zero, high3 = Vector512<int>.Zero;
        Vector512<int> low0 = half, low1 = half, low2 = half, low3 = half;
        for (int pair = 0; pair < pairs; pair++, weights += 2)
        {
            // Rows behind the last have weight 0.
            Vector512<byte> upper = Vector512.Load(from + Math.Min(first + 2 * pair, lastRow) * stride);
            Vector512<byte> lower = Vector512.Load(from + Math.Min(first + 2 * pair + 1, lastRow) * stride);
            Vector512<short> high = Vector512.Create(weights[0]).AsInt16(), low = Vector512.Create(weights[1]).AsInt16();
            Vector512<byte> front = Avx512BW.UnpackLow(upper, lower), back = Avx512BW.UnpackHigh(upper, lower);

            Vector512<short> samples = Avx512BW.UnpackLow(front, Vector512<byte>.Zero).AsInt16();
            high0 += Avx512BW.MultiplyAddAdjacent(samples, high);
            low0 += Avx512BW.MultiplyAddAdjacent(samples, low);
            samples = Avx512BW.UnpackHigh(front, Vector512<byte>.Zero).AsInt16();
            high1 += Avx512BW.MultiplyAddAdjacent(samples, high);
            low1 += Avx512BW.MultiplyAddAdjacent(samples, low);
            samples = Avx512BW.UnpackLow(back, Vector512<byte>.Zero).AsInt16();
            high2 += Avx512BW.MultiplyAddAdjacent(samples, high);
            low2 += Avx512BW.MultiplyAddAdjacent(samples, low);
            samples = Avx512BW.UnpackHigh(back, Vector512<byte>.Zero).AsInt16();
            high3 += Avx512BW.MultiplyAddAdjacent(samples, high);
            low3 += Avx512BW.MultiplyAddAdjacent(samples, low);
        }
        // Packing works inside lanes, as unpacking did: the order is the row's again.
        Vector512<short> left = Avx512BW.PackSignedSaturate(Round(high0, low0, kernels.FractionBits), Round(high1, low1, kernels.FractionBits));
        Vector512<short> right = Avx512BW.PackSignedSaturate(Round(high2, low2, kernels.FractionBits), Round(high3, low3, kernels.FractionBits));
        return Avx512BW.PackUnsignedSaturate(left, right);
    }

    private static Vector512<byte> Lanes(Vector128<byte> lane) => Vector512.Create(Vector256.Create(lane, lane), Vector256.Create(lane, lane));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Load(byte* a, byte* b, byte* c, byte* d) =>
        Vector512.Create(Vector256.Create(Vector128.Load(a), Vector128.Load(b)), Vector256.Create(Vector128.Load(c), Vector128.Load(d)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Spread(int* weights, Vector512<int> toLanes) =>
        Avx512F.PermuteVar16x32(Vector128.Load(weights).ToVector256Unsafe().ToVector512Unsafe(), toLanes).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Round(Vector512<int> high, Vector512<int> low, int shift) =>
        Vector512.ShiftRightArithmetic(Vector512.ShiftLeft(high, KernelPairs.LowBits) + low, shift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<int> pixels, byte* to, int bytes)
    {
        Vector128<byte> packed = Avx512F.ConvertToVector128ByteWithSaturation(Vector512.Max(pixels, Vector512<int>.Zero).AsUInt32());
        if (bytes == 16) packed.Store(to);
        else new ReadOnlySpan<byte>(&packed, bytes).CopyTo(new Span<byte>(to, bytes));
    }
}
