using Fovea.Hub;

namespace Fovea.Tests.Hub;

/// <summary>From a name to a file: what is here already, what must not be overwritten, what nobody may ask the network for.</summary>
public class ModelHubTests
{
    [Fact]
    public async Task Right_file_that_somebody_put_there_is_taken_without_a_request()
    {
        using TestServer server = new(Answers.Good(TestHub.Bytes));
        using TestHub hub = new(server.Address);
        await File.WriteAllBytesAsync(hub.Target, TestHub.Bytes);
        await hub.AssertGetsItAsync();
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Other_file_in_its_place_is_refused_and_left_alone()
    {
        using TestServer server = new(Answers.Good(TestHub.Bytes));
        using TestHub hub = new(server.Address);
        await File.WriteAllTextAsync(hub.Target, "mine");
        HubException refusal = await Assert.ThrowsAsync<HubException>(() => hub.GetAsync());
        Assert.Contains(hub.Target, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("overwritten", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(hub.Target));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Other_file_is_replaced_when_asked()
    {
        using TestServer server = new(Answers.Good(TestHub.Bytes));
        using TestHub hub = new(server.Address);
        await File.WriteAllTextAsync(hub.Target, "mine");
        await hub.GetAsync(overwrites: true);
        await hub.AssertGetsItAsync();
    }

    [Fact]
    public async Task Failed_replacement_leaves_the_other_file_alone()
    {
        using TestServer server = new(Answers.Status("404 Not Found"));
        using TestHub hub = new(server.Address);
        await File.WriteAllTextAsync(hub.Target, "mine");
        await Assert.ThrowsAsync<HubException>(() => hub.GetAsync(overwrites: true));
        Assert.Equal("mine", await File.ReadAllTextAsync(hub.Target));
    }

    [Fact]
    public async Task Verified_file_is_not_hashed_again_until_it_changes()
    {
        using TestHub hub = new();
        await File.WriteAllBytesAsync(hub.Target, TestHub.Bytes);
        await hub.GetAsync();
        byte[] sameLength = TestHub.RandomBytes(TestHub.Bytes.Length, seed: 2);
        DateTime verified = File.GetLastWriteTimeUtc(hub.Target);
        await File.WriteAllBytesAsync(hub.Target, sameLength);
        File.SetLastWriteTimeUtc(hub.Target, verified);
        Assert.Equal(hub.Target, await hub.GetAsync());                        // trusted by length and time
        File.SetLastWriteTimeUtc(hub.Target, verified.AddSeconds(1));
        await Assert.ThrowsAsync<HubException>(() => hub.GetAsync());
    }

    [Fact]
    public async Task Damaged_note_of_the_hash_is_not_believed()
    {
        using TestHub hub = new();
        await File.WriteAllBytesAsync(hub.Target, TestHub.Bytes);
        await File.WriteAllTextAsync(hub.Target + ".verified", "nonsense");
        await hub.AssertGetsItAsync();
    }

    [Fact]
    public async Task Offline_nothing_is_asked_and_the_sentence_says_which_file_goes_where()
    {
        using TestServer server = new(Answers.Good(TestHub.Bytes));
        using TestHub hub = new(server.Address, isOffline: true);
        await hub.AssertRefusesAsync("FOVEA_OFFLINE", hub.Target, TestHub.Model.Files[0].Sha256);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Offline_a_file_that_is_here_serves()
    {
        using TestHub hub = new(isOffline: true);
        await File.WriteAllBytesAsync(hub.Target, TestHub.Bytes);
        await hub.AssertGetsItAsync();
    }

    [Fact]
    public async Task Unknown_name_is_refused_with_the_nearest()
    {
        using TestHub hub = new();
        HubException refusal = await Assert.ThrowsAsync<HubException>(() => hub.Hub.GetAsync("vit_t32_tset"));
        Assert.Contains(TestHub.Name, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_that_cannot_be_made_is_said_with_the_variable()
    {
        using TestServer server = new(Answers.Good(TestHub.Bytes));
        using TemporaryFile file = new();
        await File.WriteAllTextAsync(file.Path, "a file where the folder should be");
        ModelHub hub = new(new ModelRegistry([TestHub.Model]), new HubSettings(Path.Combine(file.Path, "models"), Mirror: server.Address), HubClient.Shared, TimeProvider.System);
        HubException refusal = await Assert.ThrowsAsync<HubException>(() => hub.GetAsync(TestHub.Name));
        Assert.Contains("FOVEA_HOME", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_callers_at_once_download_once()
    {
        using TestServer server = new(Answers.Good(TestHub.Bytes));
        using TestHub hub = new(server.Address);
        string[] paths = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => hub.GetAsync())));
        Assert.All(paths, path => Assert.Equal(hub.Target, path));
        Assert.Single(server.Requests);
    }
}
