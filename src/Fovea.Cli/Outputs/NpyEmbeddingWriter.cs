using System.Runtime.InteropServices;
using System.Text;

namespace Fovea.Cli.Outputs;

/// <summary>`x.npy` with one row per picture, and `x.names.txt` beside it with one name per line, in the same order.</summary>
internal sealed class NpyEmbeddingWriter : EmbeddingWriter
{
    private readonly OutputFile _data;
    private readonly OutputFile _names;
    private readonly StreamWriter _nameLines;
    private readonly int _width;
    private long _rows;

    private NpyEmbeddingWriter(OutputFile data, OutputFile names, int width) : base(data, width)
    {
        _data = data;
        _names = names;
        _nameLines = new StreamWriter(names.Stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        _width = width;
        _data.Stream.Write(Header);                          // holds the place: the number of rows is known at the end
    }

    private byte[] Header => NpyHeader.Write("<f4", _rows, _width);

    public static NpyEmbeddingWriter Create(string path, int width)
    {
        OutputFile data = OutputFile.Create(path, isSeekable: true);
        OutputFile? names = null;
        try
        {
            names = OutputFile.Create(Path.ChangeExtension(path, ".names.txt"));
            return new NpyEmbeddingWriter(data, names, width);
        }
        catch
        {
            data.Dispose();
            names?.Dispose();
            throw;
        }
    }

    protected override void WriteRow(string sample, long? label, ReadOnlySpan<float> embedding)
    {
        _data.Stream.Write(MemoryMarshal.AsBytes(embedding));
        _nameLines.WriteLine(NameLine.Escape(sample));
        _rows++;
    }

    protected override void WriteEnd()
    {
        _nameLines.Flush();
        _data.Stream.Position = 0;
        _data.Stream.Write(Header);
        OutputFile.CompleteTogether(_names, _data);          // data last: whoever sees the array finds its names
    }

    public override void Dispose()
    {
        _names.Dispose();
        base.Dispose();
    }
}
