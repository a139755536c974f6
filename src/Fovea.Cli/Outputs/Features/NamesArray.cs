using System.Text;

namespace Fovea.Cli.Outputs.Features;

/// <summary>The pictures' names as a numpy array of text, [pictures] of `&lt;U{n}`: UTF-32, each name filled with zeros to the longest one.</summary>
/// <remarks>How long the longest is, is known at the end; until then the names wait in a file, each preceded by its number of code points.</remarks>
internal sealed class NamesArray(FileStream spool) : IDisposable
{
    private static readonly UTF32Encoding LittleEndian = new(bigEndian: false, byteOrderMark: false);

    private int _longest = 1;                                // in code points; numpy has no text of length 0

    public long Count { get; private set; }

    public void Add(string name)
    {
        byte[] codePoints = LittleEndian.GetBytes(name);
        spool.Write(BitConverter.GetBytes(codePoints.Length));
        spool.Write(codePoints);
        _longest = int.Max(_longest, codePoints.Length / sizeof(int));
        Count++;
    }

    public void WriteTo(Stream target)
    {
        target.Write(NpyHeader.Write($"<U{_longest}", Count));
        byte[] length = new byte[sizeof(int)];
        byte[] cell = new byte[_longest * sizeof(int)];
        spool.Position = 0;
        for (long row = 0; row < Count; row++)
        {
            spool.ReadExactly(length);
            Span<byte> name = cell.AsSpan(0, BitConverter.ToInt32(length));
            spool.ReadExactly(name);
            cell.AsSpan(name.Length).Clear();
            target.Write(cell);
        }
    }

    public void Dispose() => spool.Dispose();
}
