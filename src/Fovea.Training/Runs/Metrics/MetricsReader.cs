using System.Buffers;

namespace Fovea.Training.Runs.Metrics;

/// <summary>Reads lines of metrics one after the other, with their places in the file.</summary>
/// <param name="path">What messages call the file.</param>
/// <param name="stream">The file, from its beginning.</param>
internal sealed class MetricsReader(string path, Stream stream)
{
    private const int PieceSize = 1 << 16;
    private const int LongestLine = 1 << 20;                            // a thousand times what a run writes: anything longer is another file

    /// <summary>Every whole line and the offset behind its line feed. What follows the last line feed is what a killed process or a full disk left, and no line.</summary>
    /// <exception cref="RunException">A line is something else, or its step lies before that of the line above.</exception>
    public IEnumerable<(MetricsLine Line, long End)> Lines()
    {
        byte[] piece = new byte[PieceSize];
        ArrayBufferWriter<byte> begun = new();
        long end = 0, number = 0, lastStep = 0;
        for (int count = stream.Read(piece); count > 0; count = stream.Read(piece))
        {
            for (int start = 0; start < count;)
            {
                int length = piece.AsSpan(start, count - start).IndexOf((byte)'\n');
                begun.Write(piece.AsSpan(start, length < 0 ? count - start : length));
                if (begun.WrittenCount > LongestLine) throw MetricsThrow.NoLine(path, number + 1, "it is too long");
                if (length < 0) break;
                end += begun.WrittenCount + 1;
                MetricsLine line = Parse(begun.WrittenSpan, ++number, lastStep);
                yield return (line, end);
                lastStep = line.Step;
                begun.ResetWrittenCount();
                start += length + 1;
            }
        }
    }

    private MetricsLine Parse(ReadOnlySpan<byte> text, long number, long lastStep)
    {
        try
        {
            MetricsLine line = MetricsLine.Parse(text);
            return line.Step >= lastStep ? line : throw new FormatException($"step {line.Step} comes after step {lastStep}");
        }
        catch (FormatException failure)
        {
            throw MetricsThrow.NoLine(path, number, failure.Message);
        }
    }
}
