using DrawImages.Encoding;
using DrawImages.Rendering;

namespace DrawImages;

/// <summary>One picture of the gallery: what it shows, how large, and how it is stored.</summary>
internal sealed record Picture(string FileName, int Width, int Height, IScene Scene, PictureFormat Format)
{
    /// <summary>The bytes of its file: the same at every call.</summary>
    public byte[] Draw() => PictureEncoder.Encode(Renderer.Render(Scene, Width, Height), Format);
}
