namespace Fovea.Tests.Checkpoints;

/// <summary>Small valid files, cut at each byte and with each byte changed: they load or are refused, and nothing else comes out.</summary>
public class DamagedFileTests
{
    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Smallest))]
    public void Cut_file_is_refused(string folder, string file)
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(TestFolders.Golden(folder), file));
        using TemporaryFile damaged = new();
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(damaged.Path, whole[..length]);
            Assert.Throws<CheckpointException>(() => Checkpoint.Open(damaged.Path).Use(checkpoint => checkpoint.ReadAll()));
        }
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Smallest))]
    public void Changed_byte_gives_a_checkpoint_or_a_refusal(string folder, string file)
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(TestFolders.Golden(folder), file));
        using TemporaryFile damaged = new();
        for (int position = 0; position < whole.Length; position++)
        {
            foreach (byte flip in (ReadOnlySpan<byte>)[0x01, 0x80, 0xFF])
            {
                byte[] changed = [.. whole];
                changed[position] ^= flip;
                File.WriteAllBytes(damaged.Path, changed);
                Exception? outcome = Record.Exception(() => Checkpoint.Open(damaged.Path).Use(checkpoint => checkpoint.ReadAll()));
                Assert.True(outcome is null or CheckpointException, $"{file}, byte {position} xor {flip:x2}: {outcome}");
            }
        }
    }

    /// <summary>The smallest valid file of each container: every byte of it is tried.</summary>
    public static TheoryData<string, string> Smallest
    {
        get
        {
            TheoryData<string, string> files = [];
            foreach (string folder in (ReadOnlySpan<string>)["pt_files", "safetensors"])
            {
                if (TestFolders.FindGolden(folder) is not { } root) continue;
                IEnumerable<FileInfo> valid = new DirectoryInfo(Path.Combine(root, "must_load")).EnumerateFiles().OrderBy(file => file.Length).ThenBy(file => file.Name, StringComparer.Ordinal);
                foreach (IGrouping<bool, FileInfo> container in valid.GroupBy(file => File.ReadAllBytes(file.FullName)[0] == 'P'))
                {
                    foreach (FileInfo file in container.Take(2)) files.Add(folder, Path.Combine("must_load", file.Name));
                }
            }
            return files;
        }
    }
}
