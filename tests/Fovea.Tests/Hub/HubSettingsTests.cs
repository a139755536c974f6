using Fovea.Hub;

namespace Fovea.Tests.Hub;

/// <summary>What the environment says, and what it says wrongly.</summary>
public class HubSettingsTests
{
    private static readonly Uri Published = new("https://published.example/a/b/model.pt");

    [Fact]
    public void Folder_is_below_FOVEA_HOME() =>
        Assert.Equal(Path.GetFullPath("/somewhere/models"), Settings(("FOVEA_HOME", "/somewhere")).Folder);

    [Fact]
    public void Without_FOVEA_HOME_it_is_in_the_users_cache_folder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "XDG_CACHE_HOME is a convention of Linux");
        Assert.Equal("/caches/fovea/models", Settings(("XDG_CACHE_HOME", "/caches")).Folder);
        Assert.EndsWith("/.cache/fovea/models", Settings(("XDG_CACHE_HOME", "not/absolute")).Folder, StringComparison.Ordinal);
        Assert.EndsWith("/.cache/fovea/models", Settings().Folder, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("0", false)]
    [InlineData("1", true)]
    [InlineData("true", true)]
    public void FOVEA_OFFLINE_forbids_the_network_unless_it_is_0(string? value, bool isOffline) =>
        Assert.Equal(isOffline, Settings(("FOVEA_OFFLINE", value)).IsOffline);

    [Theory]
    [InlineData(null, "https://published.example/a/b/model.pt")]
    [InlineData("https://mirror.example", "https://mirror.example/a/b/model.pt")]
    [InlineData("https://mirror.example/", "https://mirror.example/a/b/model.pt")]
    [InlineData("http://mirror.example:8080/some/prefix/", "http://mirror.example:8080/some/prefix/a/b/model.pt")]
    public void Mirror_replaces_scheme_and_host_and_goes_before_the_path(string? mirror, string address) =>
        Assert.Equal(address, Settings(("FOVEA_MIRROR", mirror)).AddressOf(Published).AbsoluteUri);

    [Theory]
    [InlineData("mirror.example")]
    [InlineData("file:///mirror")]
    [InlineData("https://mirror.example/?key=1")]
    [InlineData("https://me:secret@mirror.example/")]
    public void Mirror_that_is_no_plain_address_is_refused(string mirror)
    {
        HubException refusal = Assert.Throws<HubException>(() => Settings(("FOVEA_MIRROR", mirror)));
        Assert.Contains(mirror, refusal.Message, StringComparison.Ordinal);
    }

    private static HubSettings Settings(params (string Name, string? Value)[] variables) =>
        HubSettings.Of(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
