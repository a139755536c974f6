using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fovea.Images;

/// <summary>Both passes with 256-bit vectors; the bytes of <see cref="ResampleScalar"/>. How weights are multiplied: <see cref="KernelPairs"/>.</summary>
internal static unsafe class ResampleAvx2
{
    /// <summary>The fewest columns that the vertical pass takes: one vector.</summary>
    public const int FewestColumns = 32 / RgbImage.PixelBytes;

    // In each 128-bit lane: red of two neighbouring pixels as 16-bit numbers, then green, blue, filler. Index 0x80 gives 0.
    private static readonly Vector128<byte> FirstPair = Vector128.Create((byte)0, 0x80, 4, 0x80, 1, 0x80, 5, 0x80, 2, 0x80, 6, 0x80, 3, 0x80, 7, 0x80);
    private static readonly Vector128<byte> SecondPair = Vector128.Create((byte)8, 0x80, 12, 0x80, 9, 0x80, 13, 0x80, 10, 0x80, 14, 0x80, 11, 0x80, 15, 0x80);

    // A weight of each of two outputs, to all elements of the output's lane.
    private static readonly Vector256<int> ToLanes = Vector256.Create(0, 0, 0, 0, 1, 1, 1, 1);

    /// <summary>Lanes are two outputs; rows are taken in pairs, so that weights are loaded once for two.</summary>
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
        int outputs = kernels.Outputs;
        for (int output = 0; output < outputs; output += KernelPairs.GroupOutputs, offsets += KernelPairs.GroupOutputs, weights += 16 * steps)
        {
            Vector256<int> front0 = TwoOutputs(from + offsets[0], from + offsets[1], nextFrom, kernels, steps, weights, out Vector256<int> front1);
            Vector256<int> back0 = TwoOutputs(from + offsets[2], from + offsets[3], nextFrom, kernels, steps, weights + 2, out Vector256<int> back1);
            int bytes = RgbImage.PixelBytes * Math.Min(outputs - output, KernelPairs.GroupOutputs);
            Store(front0, back0, to + RgbImage.PixelBytes * output, bytes);
            Store(front1, back1, to + RgbImage.PixelBytes * output + nextTo, bytes);
        }
    }

    /// <summary>Two outputs, half a group, of two rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> TwoOutputs(byte* a, byte* b, nint nextRow, KernelTable kernels, int steps, int* weights, out Vector256<int> second)
    {
        Vector256<byte> firstPair = Vector256.Create(FirstPair, FirstPair), secondPair = Vector256.Create(SecondPair, SecondPair);
        Vector256<int> toLanes = ToLanes;
        Vector256<int> high0 = Vector256<int>.Zero, high1 = Vector256<int>.Zero, low0 = Vector256.Create(kernels.Half), low1 = low0;
        for (int step = 0; step < steps; step++, weights += 16, a += 16, b += 16)
        {
            Vector256<byte> pixels0 = Vector256.Create(Vector128.Load(a), Vector128.Load(b));
            Vector256<byte> pixels1 = Vector256.Create(Vector128.Load(a + nextRow), Vector128.Load(b + nextRow));

            Vector256<short> samples0 = Avx2.Shuffle(pixels0, firstPair).AsInt16(), samples1 = Avx2.Shuffle(pixels1, firstPair).AsInt16();
            Vector256<short> high = Spread(weights, toLanes), low = Spread(weights + 4, toLanes);
            high0 += Avx2.MultiplyAddAdjacent(samples0, high);
            high1 += Avx2.MultiplyAddAdjacent(samples1, high);
            low0 += Avx2.MultiplyAddAdjacent(samples0, low);
            low1 += Avx2.MultiplyAddAdjacent(samples1, low);

            (samples0, samples1) = (Avx2.Shuffle(pixels0, secondPair).AsInt16(), Avx2.Shuffle(pixels1, secondPair).AsInt16());
            (high, low) = (Spread(weights + 8, toLanes), Spread(weights + 12, toLanes));
            high0 += Avx2.MultiplyAddAdjacent(samples0, high);
            high1 += Avx2.MultiplyAddAdjacent(samples1, high);
            low0 += Avx2.MultiplyAddAdjacent(samples0, low);
            low1 += Avx2.MultiplyAddAdjacent(samples1, low);
        }
        second = Round(high1, low1, kernels.FractionBits);
        return Round(high0, low0, kernels.FractionBits);
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
                for (int column = 0; column < rowBytes; column += 32)
                {
                    int place = Math.Min(column, rowBytes - 32);
                    Vector256<byte> pixels = Column(from + place, source.Stride, kernels.First(row), lastRow, weights + 2 * row * pairs.Pairs, pairs.Pairs, kernels);
                    pixels.Store(to + (nint)row * rowBytes + place);
                }
            }
        }
    }

    private static Vector256<byte> Column(byte* from, nint stride, nint first, nint lastRow, int* weights, int pairs, KernelTable kernels)
    {
        Vector256<int> half = Vector256.Create(kernels.Half);
        Vector256<int> high0 = Vector256<int>.Zero, high1 = Vector256<int>.Zero, high2 = Vector256<int>.Zero, high3 = Vector256<int>.Zero;
        Vector256<int> low0 = half, low1 = half, low2 = half, low3 = half;
        for (int pair = 0; pair < pairs; pair++, weights += 2)
        {
            // Rows behind the last have weight 0.
            Vector256<byte> upper = Vector256.Load(from + Math.Min(first + 2 * pair, lastRow) * stride);
            Vector256<byte> lower = Vector256.Load(from + Math.Min(first + 2 * pair + 1, lastRow) * stride);
            Vector256<short> high = Vector256.Create(weights[0]).AsInt16(), low = Vector256.Create(weights[1]).AsInt16();
            Vector256<byte> front = Avx2.UnpackLow(upper, lower), back = Avx2.UnpackHigh(upper, lower);

            Vector256<short> samples = Avx2.UnpackLow(front, Vector256<byte>.Zero).AsInt16();
            high0 += Avx2.MultiplyAddAdjacent(samples, high);
            low0 += Avx2.MultiplyAddAdjacent(samples, low);
            samples = Avx2.UnpackHigh(front, Vector256<byte>.Zero).AsInt16();
            high1 += Avx2.MultiplyAddAdjacent(samples, high);
            low1 += Avx2.MultiplyAddAdjacent(samples, low);
            samples = Avx2.UnpackLow(back, Vector256<byte>.Zero).AsInt16();
            high2 += Avx2.MultiplyAddAdjacent(samples, high);
            low2 += Avx2.MultiplyAddAdjacent(samples, low);
            samples = Avx2.UnpackHigh(back, Vector256<byte>.Zero).AsInt16();
            high3 += Avx2.MultiplyAddAdjacent(samples, high);
            low3 += Avx2.MultiplyAddAdjacent(samples, low);
        }
        // Packing works inside lanes, as unpacking did: the order is the row's again.
        Vector256<short> left = Avx2.PackSignedSaturate(Round(high0, low0, kernels.FractionBits), Round(high1, low1, kernels.FractionBits));
        Vector256<short> right = Avx2.PackSignedSaturate(Round(high2, low2, kernels.FractionBits), Round(high3, low3, kernels.FractionBits));
        return Avx2.PackUnsignedSaturate(left, right);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Spread(int* weights, Vector256<int> toLanes) =>
        Avx2.PermuteVar8x32(Vector128.CreateScalarUnsafe(*(long*)weights).AsInt32().ToVector256Unsafe(), toLanes).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Round(Vector256<int> high, Vector256<int> low, int shift) =>
        Vector256.ShiftRightArithmetic(Vector256.ShiftLeft(high, KernelPairs.LowBits) + low, shift);

    /// <summary>Outputs 0 and 1, then 2 and 3: packing gives 0, 2 in the lower and 1, 3 in the upper lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<int> front, Vector256<int> back, byte* to, int bytes)
    {
        Vector256<short> words = Avx2.PackSignedSaturate(front, back);
        Vector256<uint> pixels = Avx2.PackUnsignedSaturate(words, words).AsUInt32();
        Vector128<byte> packed = Sse2.UnpackLow(pixels.GetLower(), pixels.GetUpper()).AsByte();
        if (bytes == 16) packed.Store(to);
        else new ReadOnlySpan<byte>(&packed, bytes).CopyTo(new Span<byte>(to, bytes));
    }
}
