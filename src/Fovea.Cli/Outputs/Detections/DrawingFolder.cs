using Fovea.Images;
using Fovea.Tasks;

namespace Fovea.Cli.Outputs.Detections;

/// <summary>A folder of pictures with the boxes that were found in them, named as the pictures: `inner/photo.jpg` becomes `inner/photo.jpg.png`. Safe to use from many threads.</summary>
internal sealed class DrawingFolder
{
    private readonly string _folder;

    /// <param name="folder">Made when it is not there.</param>
    /// <exception cref="OutputException">It cannot be made.</exception>
    public DrawingFolder(string folder)
    {
        _folder = folder;
        OrRefuse(folder, () => Directory.CreateDirectory(folder));
    }

    /// <summary>Draws one picture and writes it.</summary>
    /// <param name="encoded">The picture as it was read.</param>
    /// <param name="found">Its objects.</param>
    /// <exception cref="ImageException">The picture can no longer be read.</exception>
    /// <exception cref="OutputException">The disk is full, or the folder may not be written.</exception>
    public void Draw(EncodedImage encoded, ImageDetections found)
    {
        using RgbImage picture = ImageDecoder.Decode(encoded.Read().Span, encoded.Name, DecodeOptions.Default);
        DetectionDrawing.Draw(picture, found.Objects);
        string place = Path.Combine(_folder, SafeName(found.Name) + ".png");
        OrRefuse(place, () => Directory.CreateDirectory(Path.GetDirectoryName(place)!));
        using OutputFile file = OutputFile.Create(place);
        file.OrRefuse(() => PictureFile.WritePng(file.Stream, picture));
        file.Complete();
    }

    // A name from an archive may begin with / or climb with ..; whatever it says, the picture lands below the folder.
    private static string SafeName(string name) => string.Join('/', name.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part is not ("." or "..")).Select(part => part.Replace(':', '_')));

    private static void OrRefuse(string place, Action act)
    {
        try
        {
            act();
        }
        catch (Exception failure) when (OutputThrow.IsRefusal(failure))
        {
            throw OutputThrow.Refused(place, failure);
        }
    }
}
