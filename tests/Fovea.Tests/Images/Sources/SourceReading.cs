using System.Text;
using Fovea.Images;

namespace Fovea.Tests.Images.Sources;

/// <summary>Short ways to read a source to its end.</summary>
internal static class SourceReading
{
    extension(ImageSource source)
    {
        public IEnumerable<EncodedImage> Pictures => source.Open(CancellationToken.None);

        public string[] PictureNames => [.. source.Pictures.Select(picture => picture.Name)];

        public long? KnownCount => source.Count(CancellationToken.None);

        /// <summary>What comes before the source ends, and the refusal that ends it, if one does.</summary>
        public (List<EncodedImage> Pictures, ImageException? End) ReadToEnd()
        {
            List<EncodedImage> pictures = [];
            try
            {
                foreach (EncodedImage picture in source.Pictures) pictures.Add(picture);
                return (pictures, null);
            }
            catch (ImageException end)
            {
                return (pictures, end);
            }
        }
    }

    public static string Text(this EncodedImage picture) => Encoding.UTF8.GetString(picture.Read().Span);

    public static string Refusal(Action action) => Assert.Throws<ImageException>(action).Message;
}
