using Fovea.Checkpoints;
using Microsoft.Win32.SafeHandles;

namespace Fovea.Tests.Checkpoints;

public sealed class FileStampTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_nobody_touches_keeps_its_stamp()
    {
        string path = Write("a", "bytes");
        FileStamp before = Of(path);
        _ = File.ReadAllText(path);
        Assert.Equal(before, Of(path));
    }

    [Fact]
    public void Another_file_of_the_same_length_has_another_stamp()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells files apart by more than length and time");
        Assert.NotEqual(Of(Write("a", "bytes")), Of(Write("b", "bytes")));
    }

    /// <summary>What copies and archives do.</summary>
    [Fact]
    public void A_time_that_is_set_back_changes_the_stamp()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has a time of change that nobody can set");
        string path = Write("a", "bytes");
        DateTime written = DateTime.UtcNow.AddDays(-1);
        File.SetLastWriteTimeUtc(path, written);
        FileStamp before = Of(path);
        Assert.True(before.IsProof);
        SpinWait.SpinUntil(() => Of(path).IsSettled);
        File.SetLastWriteTimeUtc(path, written);
        Assert.NotEqual(before, Of(path));
    }

    private static FileStamp Of(string path)
    {
        using SafeFileHandle handle = File.OpenHandle(path);
        return FileStamp.Of(handle);
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text);
        return _folder.File(name);
    }
}
