using Fovea.Training.Data;
using FsCheck;
using FsCheck.Xunit;

namespace Fovea.Training.Tests.Data.Index;

public class NameTableTests
{
    [Property]
    public void Names_come_back(NonNull<string>[] names)
    {
        string[] valid = [.. names.Select(name => string.Concat(name.Get.EnumerateRunes()))];          // half surrogate pairs are no text
        NameTable table = Build(valid);
        Assert.Equal(valid, Enumerable.Range(0, table.Count).Select(index => table[index]));
    }

    [Fact]
    public void Long_names_that_share_much_come_back()
    {
        string[] names = [.. Enumerable.Range(0, 1000).Select(number => new string('x', number * 7 % 600) + $"größe-{number}")];
        NameTable table = Build(names);
        Assert.All(Enumerable.Range(0, 1000).Reverse(), index => Assert.Equal(names[index], table[index]));
    }

    [Fact]
    public void Keys_of_an_archive_take_a_few_bytes_each() =>
        Assert.InRange(Build([.. Enumerable.Range(0, 10_000).Select(number => $"sample{number:d9}")]).Bytes.Length, 0, 4 * 10_000);

    [Fact]
    public void Number_outside_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Build(["a"])[1]);

    private static NameTable Build(string[] names)
    {
        NameTable.Builder builder = new();
        foreach (string name in names) builder.Add(name);
        return builder.Build();
    }
}
