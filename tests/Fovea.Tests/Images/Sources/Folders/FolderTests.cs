using Fovea.Images;

namespace Fovea.Tests.Images.Sources;

/// <summary>Folders: which files, in which order, under which names.</summary>
public class FolderTests
{
    [Fact]
    public void Pictures_come_in_ordinal_order_of_their_relative_paths()
    {
        using PictureTree tree = new("a/b.jpg", "a.jpg", "a-b.jpg", "a0.jpg", "B.jpg", "a/a/z.jpg", "é.jpg");
        Assert.Equal(["B.jpg", "a-b.jpg", "a.jpg", "a/a/z.jpg", "a/b.jpg", "a0.jpg", "é.jpg"], ImageSource.Folder(tree.Root).PictureNames);
    }

    [Fact]
    public void Order_of_random_trees_is_that_of_the_sorted_list_of_paths()
    {
        for (int seed = 0; seed < 15; seed++)
        {
            string[] files = RandomPaths.Files(seed, count: 40);
            using PictureTree tree = new(files);
            string[] expected = [.. files.Order(StringComparer.Ordinal)];
            Assert.True(expected.SequenceEqual(ImageSource.Folder(tree.Root).PictureNames), $"seed {seed}");
            Assert.Equal(files.Length, ImageSource.Folder(tree.Root).KnownCount);
        }
    }

    [Fact]
    public void Extensions_tell_pictures_in_either_case_and_other_files_are_passed_over()
    {
        using PictureTree tree = new("a.JPG", "b.Jpeg", "c.png", "d.webp", "e.gif", "f.bmp", "g.ico", "h.tiff", "i.heic", "notes.txt", "jpg", "k.jpg.bak");
        Assert.Equal(["a.JPG", "b.Jpeg", "c.png", "d.webp", "e.gif", "f.bmp", "g.ico", "h.tiff", "i.heic"], ImageSource.Folder(tree.Root).PictureNames);
    }

    [Fact]
    public void Hidden_files_and_folders_are_passed_over()
    {
        using PictureTree tree = new("a.jpg", "._a.jpg", ".thumbnails/a.jpg", "b/.c.png");
        Assert.Equal(["a.jpg"], ImageSource.Folder(tree.Root).PictureNames);
    }

    [Fact]
    public void Content_is_read_when_it_is_asked_for()
    {
        using PictureTree tree = new("a/1.jpg", "a/2.jpg");
        Assert.Equal(["a/1.jpg", "a/2.jpg"], ImageSource.Folder(tree.Root).Pictures.Select(picture => picture.Text()));
    }

    [Fact]
    public void Links_to_folders_are_followed_but_not_back_into_themselves()
    {
        using PictureTree outside = new("x/1.jpg");
        using PictureTree tree = new("a/1.jpg", "a/b/2.jpg");
        Directory.CreateSymbolicLink(tree["a/b/up"], "../..");
        Directory.CreateSymbolicLink(tree["a/b/self"], tree["a/b"]);
        Directory.CreateSymbolicLink(tree["link"], outside["x"]);
        File.CreateSymbolicLink(tree["loop.jpg"], tree["loop.jpg"]);
        Assert.Equal(["a/1.jpg", "a/b/2.jpg", "link/1.jpg", "loop.jpg"], ImageSource.Folder(tree.Root).PictureNames);
    }

    [Fact]
    public void Link_through_another_link_back_into_the_walk_is_not_followed()
    {
        using PictureTree outside = new();
        using PictureTree tree = new("a/1.jpg");
        Directory.CreateSymbolicLink(outside["there"], tree.Root);
        Directory.CreateSymbolicLink(tree["a/again"], Path.Combine(outside.Root, "there", "a"));
        Assert.Equal(["a/1.jpg"], ImageSource.Folder(tree.Root).PictureNames);
    }

    [Fact]
    public void Given_a_folder_that_goes_away_When_its_turn_comes_Then_it_counts_as_a_bad_picture_and_the_rest_follows()
    {
        using PictureTree tree = new("a.jpg", "b/1.jpg", "c.jpg");
        using IEnumerator<EncodedImage> pictures = ImageSource.Folder(tree.Root).Pictures.GetEnumerator();
        Assert.True(pictures.MoveNext());
        Directory.Delete(tree["b"], recursive: true);
        Assert.True(pictures.MoveNext());
        Assert.Equal("b/", pictures.Current.Name);
        Assert.Contains("b/: there is no such file any more", SourceReading.Refusal(() => pictures.Current.Read()), StringComparison.Ordinal);
        Assert.True(pictures.MoveNext());
        Assert.Equal("c.jpg", pictures.Current.Name);
    }

    [Fact]
    public void Folder_without_permission_counts_as_a_bad_picture()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "needs a user who may not read everything");
        using PictureTree tree = new("a.jpg", "private/1.jpg");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(tree["private"], UnixFileMode.None);
        Assert.Equal(["a.jpg", "private/"], ImageSource.Folder(tree.Root).PictureNames);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(tree["private"], UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
    }

    [Fact]
    public void Refused_picture_says_which_and_why()
    {
        using PictureTree tree = new("gone.jpg", "folder.jpg/x.jpg");
        tree.Add("empty.jpg", []);
        File.CreateSymbolicLink(tree["broken.jpg"], tree["nothing.jpg"]);
        Dictionary<string, EncodedImage> pictures = ImageSource.Folder(tree.Root).Pictures.ToDictionary(picture => picture.Name);
        File.Delete(tree["gone.jpg"]);
        Assert.StartsWith("broken.jpg: there is no such file any more", SourceReading.Refusal(() => pictures["broken.jpg"].Read()), StringComparison.Ordinal);
        Assert.Equal("empty.jpg: is empty or no regular file; copy it again.", SourceReading.Refusal(() => pictures["empty.jpg"].Read()));
        Assert.Equal("gone.jpg: there is no such file or folder; check the path.", SourceReading.Refusal(() => pictures["gone.jpg"].Read()));
    }

    [Fact]
    public void Picture_above_the_limit_is_refused_before_it_is_read()
    {
        using PictureTree tree = new();
        using (FileStream sparse = File.Create(tree["large.jpg"])) sparse.SetLength(EncodedImage.LargestBytes + 1L);
        EncodedImage picture = Assert.Single(ImageSource.Folder(tree.Root).Pictures);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("268,435,457 bytes", SourceReading.Refusal(() => picture.Read()), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Cancelled_walk_ends()
    {
        using PictureTree tree = new("a.jpg", "b.jpg");
        using CancellationTokenSource cancellation = new();
        using IEnumerator<EncodedImage> pictures = ImageSource.Folder(tree.Root).Open(cancellation.Token).GetEnumerator();
        Assert.True(pictures.MoveNext());
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => pictures.MoveNext());
    }
}
