using Fovea.Hub;

namespace Fovea.Tests.Hub;

/// <summary>What a user may call a model by.</summary>
public sealed class ModelReferenceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-reference-").FullName;

    [Fact]
    public async Task Existing_file_is_itself_and_needs_no_hub()
    {
        string file = Path.Combine(_folder, "any.pt");
        await File.WriteAllTextAsync(file, "content does not matter");
        Assert.Equal(file, await ModelReference.ResolveAsync(file, NoHub, null, default));
    }

    [Fact]
    public async Task Run_folder_is_the_model_that_serves_in_it()
    {
        string file = Path.Combine(_folder, "model.safetensors");
        await File.WriteAllTextAsync(file, "content does not matter");
        Assert.Equal(file, await ModelReference.ResolveAsync(_folder, NoHub, null, default));
    }

    [Fact]
    public async Task Folder_without_a_model_is_refused_with_what_it_lacks()
    {
        CheckpointException refusal = await Assert.ThrowsAsync<CheckpointException>(() => ModelReference.ResolveAsync(_folder, NoHub, null, default));
        Assert.Contains("model.safetensors", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere/model")]
    [InlineData("vit_reg4_m16_rms_avg_i-jepa.pt")]
    [InlineData("model.ONNX")]
    public async Task Path_without_a_file_is_refused_as_a_path(string path)
    {
        CheckpointException refusal = await Assert.ThrowsAsync<CheckpointException>(() => ModelReference.ResolveAsync(path, NoHub, null, default));
        Assert.Contains("check the path", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Published_name_is_downloaded()
    {
        using TestServer server = new(Answers.Good(TestHub.Bytes));
        using TestHub hub = new(server.Address);
        Assert.Equal(hub.Target, await ModelReference.ResolveAsync(TestHub.Name.ToUpperInvariant(), () => hub.Hub, null, default));
        Assert.Equal(TestHub.Bytes, await File.ReadAllBytesAsync(hub.Target));
    }

    [Fact]
    public async Task Anything_else_is_answered_with_all_that_would_do()
    {
        using TestHub hub = new();
        HubException refusal = await Assert.ThrowsAsync<HubException>(() => ModelReference.ResolveAsync("vit_t32_tets", () => hub.Hub, null, default));
        Assert.All(["'vit_t32_tets'", ".safetensors", "run folder", TestHub.Name], word => Assert.Contains(word, refusal.Message, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ModelHub NoHub() => throw new InvalidOperationException("no hub is needed for a path");
}
