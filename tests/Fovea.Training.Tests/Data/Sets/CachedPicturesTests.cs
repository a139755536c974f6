using Fovea.Images;
using Fovea.Training.Data;
using Fovea.Training.Tests.Data.Loading;

namespace Fovea.Training.Tests.Data.Sets;

public class CachedPicturesTests
{
    private const int BytesEach = 3 * 20 * 24 + 120;

    [Fact]
    public void Picture_is_decoded_once_and_its_pixels_stay_the_same()
    {
        using TestPictures pictures = new(10);
        using CachedPictures cached = new(pictures, 10 * BytesEach);
        for (int time = 0; time < 3; time++)
        {
            for (int sample = 0; sample < 10; sample++)
            {
                using RgbImage expected = new ShapePictures(10, new ImageSize(20, 24), seed: 1).Open(sample), found = cached.Open(sample);
                Assert.Equal(expected.Size, found.Size);
                Assert.Equal(expected.Pixels.ToArray(), found.Pixels.ToArray());
            }
        }
        Assert.Equal((10, 10), (pictures.Opened, cached.Kept));
    }

    [Fact]
    public void Limit_is_kept()
    {
        using TestPictures pictures = new(10);
        using CachedPictures cached = new(pictures, 4 * BytesEach + 7);
        for (int sample = 0; sample < 20; sample++) cached.Open(sample % 10).Dispose();
        Assert.Equal((4, 16), (cached.Kept, pictures.Opened));
    }

    [Fact]
    public void Broken_picture_is_not_kept()
    {
        using TestPictures pictures = new(10, sample => sample == 3);
        using CachedPictures cached = new(pictures, 10 * BytesEach);
        Assert.Throws<ImageException>(() => cached.Open(3));
        Assert.Throws<ImageException>(() => cached.Open(3));
        Assert.Equal(0, cached.Kept);
    }
}
