using System.Text;

namespace Fovea.Tests.Hub;

/// <summary>Servers as they are met: good ones, and all the others.</summary>
internal static class Answers
{
    private const string Tag = "\"version-1\"";

    /// <summary>A good server: ranges, a strong tag, If-Range.</summary>
    public static TestAnswer Good(byte[] file) => Cut(file, file.Length);

    /// <summary>A good server whose connection breaks after so many bytes of the body.</summary>
    public static TestAnswer Cut(byte[] file, int after) => async (request, connection, serverEnds) =>
    {
        int from = request.From;
        bool isPart = from > 0 && request.Header("if-range") is null or Tag;
        if (!isPart) from = 0;
        string range = isPart ? $"Content-Range: bytes {from}-{file.Length - 1}/{file.Length}\r\n" : "";
        await HeadAsync(connection, isPart ? "206 Partial Content" : "200 OK", $"{range}ETag: {Tag}\r\nContent-Length: {file.Length - from}\r\n");
        await connection.WriteAsync(file.AsMemory(from, Math.Min(after, file.Length - from)), serverEnds);
    };

    /// <summary>A server that knows no ranges and sends the whole each time.</summary>
    public static TestAnswer Whole(byte[] file) => async (_, connection, serverEnds) =>
    {
        await HeadAsync(connection, "200 OK", $"Content-Length: {file.Length}\r\n");
        await connection.WriteAsync(file, serverEnds);
    };

    /// <summary>A server that answers a range by another one.</summary>
    public static TestAnswer WrongPart(byte[] file) => async (_, connection, serverEnds) =>
    {
        await HeadAsync(connection, "206 Partial Content", $"Content-Range: bytes 0-{file.Length - 1}/{file.Length}\r\nContent-Length: {file.Length}\r\n");
        await connection.WriteAsync(file, serverEnds);
    };

    /// <summary>A server that sends so many bytes and then nothing, for as long as anybody waits.</summary>
    public static TestAnswer Stall(byte[] file, int after) => async (request, connection, serverEnds) =>
    {
        await Cut(file, after)(request, connection, serverEnds);
        await Task.Delay(Timeout.Infinite, serverEnds);
    };

    /// <summary>A server that takes the request and says nothing.</summary>
    public static TestAnswer Silence => (_, _, serverEnds) => Task.Delay(Timeout.Infinite, serverEnds);

    /// <summary>A body in chunks: nobody says how long it is before it ends.</summary>
    public static TestAnswer Chunked(byte[] file) => async (_, connection, serverEnds) =>
    {
        const int Piece = 1 << 15;
        await HeadAsync(connection, "200 OK", "Transfer-Encoding: chunked\r\n");
        for (int from = 0; from < file.Length; from += Piece)
        {
            int count = Math.Min(Piece, file.Length - from);
            await connection.WriteAsync(Encoding.ASCII.GetBytes($"{count:x}\r\n"), serverEnds);
            await connection.WriteAsync(file.AsMemory(from, count), serverEnds);
            await connection.WriteAsync("\r\n"u8.ToArray(), serverEnds);
        }
        await connection.WriteAsync("0\r\n\r\n"u8.ToArray(), serverEnds);
    };

    /// <summary>A body that ends with the connection, like those of HTTP/1.0.</summary>
    public static TestAnswer UntilTheEnd(byte[] bytes) => async (_, connection, serverEnds) =>
    {
        await HeadAsync(connection, "200 OK", "");
        await connection.WriteAsync(bytes, serverEnds);
    };

    /// <summary>Only a status; headers end with a line feed each.</summary>
    public static TestAnswer Status(string status, string headers = "") => (_, connection, _) => HeadAsync(connection, status, $"{headers}Content-Length: 0\r\n");

    public static TestAnswer Redirect(string location) => Status("302 Found", $"Location: {location}\r\n");

    private static Task HeadAsync(Stream connection, string status, string headers) =>
        connection.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{headers}Connection: close\r\n\r\n")).AsTask();
}
