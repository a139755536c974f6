using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Fovea.Training.Annotations;

/// <summary>Goes through a JSON file token by token with one small buffer, so that a file of hundreds of megabytes is never in memory as a whole.</summary>
internal sealed class JsonScanner : IDisposable
{
    private const int FirstBuffer = 1 << 16;

    private readonly Stream _stream;
    private byte[] _buffer = new byte[FirstBuffer];
    private int _start, _end, _valueStart, _valueLength, _depth;
    private bool _isLast, _isEscaped;
    private JsonReaderState _state;

    /// <param name="stream">UTF-8, with or without a byte order mark; disposed with the scanner.</param>
    public JsonScanner(Stream stream)
    {
        _stream = stream;
        Fill();
        if (_buffer.AsSpan(0, _end).StartsWith(Encoding.UTF8.Preamble)) _start = Encoding.UTF8.Preamble.Length;
    }

    /// <summary>The token that was read last.</summary>
    public JsonTokenType Token { get; private set; }

    private ReadOnlySpan<byte> Value => _buffer.AsSpan(_valueStart, _valueLength);

    /// <summary>Goes to the next token; false at the end.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public bool Read()
    {
        while (true)
        {
            Utf8JsonReader reader = Reader();
            bool hasToken = reader.Read();
            Keep(ref reader);
            if (hasToken) return true;
            if (_isLast) return false;
            Fill();
        }
    }

    /// <summary>Goes to the end of the object or list that begins with this token; stays at any other.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public void Skip()
    {
        if (Token is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return;
        int depth = _depth;
        while (true)
        {
            Utf8JsonReader reader = Reader();
            while (reader.Read())
            {
                if (reader.CurrentDepth > depth) continue;
                Keep(ref reader);
                return;
            }
            Keep(ref reader);
            if (_isLast) return;
            Fill();
        }
    }

    /// <summary>The text of a string or a property's name.</summary>
    public string Text() => _isEscaped ? JsonSerializer.Deserialize<string>(_buffer.AsSpan(_valueStart - 1, _valueLength + 2))! : Encoding.UTF8.GetString(Value);

    /// <summary>Whether the string or property's name is this, which has nothing to escape.</summary>
    public bool Is(ReadOnlySpan<byte> text) => Value.SequenceEqual(text);

    /// <summary>A finite number; null when the token is none.</summary>
    public double? Number() => Token == JsonTokenType.Number && double.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    /// <summary>A whole number, also one that is written `3.0`; null when the token is none.</summary>
    public long? Integer()
    {
        if (Token != JsonTokenType.Number) return null;
        if (long.TryParse(Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer)) return integer;
        return Number() is { } number && Math.Floor(number) == number && Math.Abs(number) < 1L << 53 ? (long)number : null;
    }

    /// <summary>True, false, or a number that is 0 or not; null when the token is none of these.</summary>
    public bool? Flag() => Token switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => Number() is { } number ? number != 0 : null,
    };

    public void Dispose() => _stream.Dispose();

    private Utf8JsonReader Reader() => new(_buffer.AsSpan(_start, _end - _start), _isLast, _state);

    private void Keep(ref Utf8JsonReader reader)
    {
        Token = reader.TokenType;
        _depth = reader.CurrentDepth;
        _isEscaped = reader.ValueIsEscaped;
        _valueStart = _start + (int)reader.TokenStartIndex + (Token is JsonTokenType.String or JsonTokenType.PropertyName ? 1 : 0);
        _valueLength = reader.ValueSpan.Length;
        _state = reader.CurrentState;
        _start += (int)reader.BytesConsumed;
    }

    // What is not consumed is the beginning of one token; a longer one than the buffer makes it larger.
    private void Fill()
    {
        int left = _end - _start;
        if (left == _buffer.Length) Array.Resize(ref _buffer, checked(2 * _buffer.Length));
        else _buffer.AsSpan(_start, left).CopyTo(_buffer);
        (_start, _end) = (0, left);
        int read = _stream.ReadAtLeast(_buffer.AsSpan(left), _buffer.Length - left, throwOnEndOfStream: false);
        _end += read;
        _isLast = _end < _buffer.Length;
    }
}
