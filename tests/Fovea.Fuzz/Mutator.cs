using System.Buffers.Binary;

namespace Fovea.Fuzz;

/// <summary>Damaged files from valid ones: a pure function of the run's seed and the input's number, so that any input can be made again.</summary>
internal sealed class Mutator(FuzzTarget target, int seed)
{
    private const int LongestBlock = 600;                                        // a little more than a block of tar
    private const int LargestInput = 1 << 16;

    private static readonly byte[] OddBytes = [0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF, (byte)'0', (byte)'9', (byte)'-', (byte)'"', (byte)'{', (byte)'.'];
    private static readonly long[] OddNumbers = [0, 1, -1, sbyte.MaxValue, short.MaxValue, ushort.MaxValue, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue];

    /// <summary>The input of that number.</summary>
    public byte[] Make(long number)
    {
        ulong mixed = ((ulong)(uint)seed << 32 ^ (ulong)number) * 0x9E3779B97F4A7C15;   // neighbours must not have similar random numbers
        Random random = new((int)(mixed >> 33));
        byte[] input = [.. Any(random)];
        // Mostly one change or two: a file that is broken everywhere is refused at its first byte.
        do input = Change(input, random);
        while (random.Next(2) == 0);
        return random.Next(2) == 0 && input.Length > 0 ? target.Seal(input, random) : input;
    }

    private byte[] Any(Random random) => target.Seeds[random.Next(target.Seeds.Count)];

    private byte[] Change(byte[] input, Random random)
    {
        if (input.Length is 0 or > LargestInput) return [.. Any(random)];
        int at = random.Next(input.Length), length = 1 + random.Next(Math.Min(LongestBlock, input.Length - at));
        switch (random.Next(10))
        {
            case 0: return input[..at];
            case 1: return [.. input[..at], .. input[(at + length)..]];
            case 2: return [.. input[..(at + length)], .. input[at..]];
            case 3: return Insert(input, at, random);
            case 4: return Splice(input, at, random);
            case 5: input.AsSpan(random.Next(input.Length - length + 1), length).CopyTo(input.AsSpan(at)); break;
            case 6: ChangeDigit(input, at, random); break;
            case 7: ChangeNumber(input.AsSpan(at), random); break;
            case 8: input[at] = OddBytes[random.Next(OddBytes.Length)]; break;
            default: input[at] ^= (byte)(1 << random.Next(8)); break;
        }
        return input;
    }

    private static byte[] Insert(byte[] input, int at, Random random)
    {
        byte[] block = new byte[1 + random.Next(32)];
        if (random.Next(2) == 0) random.NextBytes(block);
        else Array.Fill(block, OddBytes[random.Next(OddBytes.Length)]);
        return [.. input[..at], .. block, .. input[at..]];
    }

    private byte[] Splice(byte[] input, int at, Random random)
    {
        byte[] other = Any(random);
        return [.. input[..at], .. other[random.Next(other.Length)..]];
    }

    // Lengths and shapes of JSON, tar and pickle are text.
    private static void ChangeDigit(byte[] input, int at, Random random)
    {
        int digit = input.AsSpan(at).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (digit >= 0) input[at + digit] = (byte)('0' + random.Next(10));
    }

    // One more, one less, or a number at the edge of a type: in 1, 2, 4 or 8 bytes of either order.
    private static void ChangeNumber(Span<byte> field, Random random)
    {
        int size = 1 << random.Next(4);
        if (size > field.Length) return;
        bool isBigEndian = random.Next(2) == 0;
        Span<byte> wide = stackalloc byte[sizeof(long)];
        wide.Clear();
        field[..size].CopyTo(wide);
        if (isBigEndian) wide[..size].Reverse();
        long number = BinaryPrimitives.ReadInt64LittleEndian(wide);
        number = random.Next(3) switch { 0 => number + 1, 1 => number - 1, _ => OddNumbers[random.Next(OddNumbers.Length)] };
        BinaryPrimitives.WriteInt64LittleEndian(wide, number);
        if (isBigEndian) wide[..size].Reverse();
        wide[..size].CopyTo(field);
    }
}
