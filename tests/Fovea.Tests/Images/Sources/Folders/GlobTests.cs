using Fovea.Images;

namespace Fovea.Tests.Images.Sources;

/// <summary>Globs: what matches, and under which names.</summary>
public class GlobTests
{
    [Theory]
    [InlineData("*.jpg", "1.jpg 2.jpg")]
    [InlineData("?.*", "1.jpg 2.jpg 3.txt")]
    [InlineData("[1-2].jpg", "1.jpg 2.jpg")]
    [InlineData("[!1].jpg", "2.jpg")]
    [InlineData("*/*.jpg", "a/4.jpg")]
    [InlineData("**/*.jpg", "1.jpg 2.jpg a/4.jpg a/b/5.jpg")]
    [InlineData("**", "1.jpg 2.jpg 3.txt a/4.jpg a/b/5.jpg a/b/6.PNG")]
    [InlineData("**/b/*", "a/b/5.jpg a/b/6.PNG")]
    [InlineData("**/**/b/**", "a/b/5.jpg a/b/6.PNG")]
    [InlineData("a/**/*.jpg", "4.jpg b/5.jpg")]
    [InlineData("a/*/5.jpg", "b/5.jpg")]
    [InlineData("./a/*.jpg", "4.jpg")]
    [InlineData(".*.jpg", ".7.jpg")]
    [InlineData(".h*/*", ".hidden/8.jpg")]
    [InlineData("3.txt", "3.txt")]
    public void Pattern_matches(string pattern, string names)
    {
        using PictureTree tree = new("1.jpg", "2.jpg", "3.txt", "a/4.jpg", "a/b/5.jpg", "a/b/6.PNG", ".7.jpg", ".hidden/8.jpg");
        ImageSource source = ImageSource.Glob($"{tree.Root}/{pattern}");
        Assert.Equal(names, string.Join(' ', source.PictureNames));
        Assert.Equal(names.Split(' ').Length, source.KnownCount);
    }

    [Fact]
    public void Random_patterns_match_what_the_naive_reference_matches()
    {
        string[] files = RandomPaths.Files(seed: 1, count: 120);
        using PictureTree tree = new(files);
        int matching = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            string pattern = RandomPattern(new Random(seed));
            string[] expected = [.. files.Where(file => NaiveGlob.Matches(pattern.Split('/'), file.Split('/'))).Order(StringComparer.Ordinal)];
            GlobPattern glob = new(tree.Root, "", pattern.Split('/'));
            string[] found = new FolderSource(tree.Root, "", GlobRule.Start(glob)).PictureNames;
            Assert.True(expected.SequenceEqual(found), $"seed {seed}, '{pattern}': expected {string.Join(' ', expected)}; found {string.Join(' ', found)}");
            matching += expected.Length > 0 ? 1 : 0;
        }
        Assert.InRange(matching, 100, 299);                // the patterns are neither all hopeless nor all trivial
    }

    [Theory]
    [InlineData("*a*b*", "xaxbx", true)]
    [InlineData("*ab", "aab", true)]
    [InlineData("a?", "a", false)]
    [InlineData("[]]", "]", true)]
    [InlineData("[!]]", "]", false)]
    [InlineData("[a-]", "-", true)]
    [InlineData("[ab", "[ab", true)]
    [InlineData("[[]a", "[a", true)]
    [InlineData("[^x-z]", "y", false)]
    [InlineData("A", "a", false)]
    [InlineData("", "", true)]
    [InlineData("***", "", true)]
    public void Name_matches_wildcards(string pattern, string name, bool isMatch) => Assert.Equal(isMatch, Wildcards.Matches(pattern, name));

    [Fact]
    public void Many_stars_do_not_hang() =>
        Assert.False(Wildcards.Matches(string.Concat(Enumerable.Repeat("*a", 2000)) + "*b", new string('a', 20000)));

    [Fact]
    public void Folder_that_cannot_match_is_not_opened()
    {
        using PictureTree tree = new("a/1.jpg", "b/1.jpg");
        using IEnumerator<EncodedImage> pictures = ImageSource.Glob($"{tree.Root}/[a]/*.jpg").Pictures.GetEnumerator();
        Assert.True(pictures.MoveNext());
        Directory.Delete(tree["b"], recursive: true);
        Assert.False(pictures.MoveNext());
    }

    [Fact]
    public void Nothing_that_matches_is_refused_with_the_rules()
    {
        using PictureTree tree = new("a.jpg");
        Assert.Contains("*.JPG: matches no file; `*`", SourceReading.Refusal(() => ImageSource.Glob($"{tree.Root}/*.JPG")), StringComparison.Ordinal);
        Assert.Contains("nowhere/: there is no such", SourceReading.Refusal(() => ImageSource.Glob($"{tree.Root}/nowhere/*")), StringComparison.Ordinal);
    }

    [Fact]
    public void Archive_that_matches_is_opened_and_the_count_is_unknown()
    {
        using PictureTree tree = new("1.jpg");
        tree.Add("shards/a.tar", Tar.Of(("x.jpg", "x"), ("y.jpg", "y")));
        ImageSource source = ImageSource.Glob($"{tree.Root}/**");
        Assert.Equal(["1.jpg", "shards/a.tar/x", "shards/a.tar/y"], source.PictureNames);
        Assert.Null(source.KnownCount);
    }

    private static string RandomPattern(Random random)
    {
        string[] parts = ["**", "*", "a*", "?", "??*", "[a-b]*", "*.jpg", "*0*", "[!a]*", "*-*"];
        return string.Join('/', random.GetItems(parts, random.Next(1, 5)));
    }
}
