using System.Text;

namespace Fovea.Images;

/// <summary>Files whose paths arrive as lines: each picture is given out as soon as its line is complete.</summary>
internal sealed class NamesSource(TextReader names) : ImageSource
{
    private const int LongestLine = 1 << 15;

    internal override long? Count(CancellationToken cancellationToken) => null;

    internal override IEnumerable<EncodedImage> Open(CancellationToken cancellationToken)
    {
        while (ReadLine() is { } path)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (path.Length > 0) yield return EncodedImage.OfFile(path, ArgumentPaths.Name(path));
        }
    }

    // TextReader.ReadLine would take a list without line ends whole into memory.
    private string? ReadLine()
    {
        StringBuilder line = new();
        while (true)
        {
            int character = names.Read();
            if (character == '\n' || (character < 0 && line.Length > 0)) return line.ToString().TrimEnd('\r');
            if (character < 0) return null;
            if (line.Length == LongestLine) throw SourceThrow.LongName(LongestLine);
            line.Append((char)character);
        }
    }
}
