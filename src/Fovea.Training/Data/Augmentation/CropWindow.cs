using Fovea.Training.Randomness;

namespace Fovea.Training.Data;

/// <summary>Which rectangle of a picture is looked at: the random resized crop of Szegedy et al. 2015 (GoogLeNet), as torchvision draws it.</summary>
/// <param name="Top">First row.</param>
/// <param name="Left">First column.</param>
/// <param name="Size">Rows and columns; always inside the picture.</param>
internal readonly record struct CropWindow(int Top, int Left, ImageSize Size)
{
    private const int Tries = 10;

    /// <summary>Draws a window: at each try an area, an aspect, and when they fit a row and a column.</summary>
    public static CropWindow Draw(ImageSize picture, AugmentationRecipe recipe, ref RandomStream random)
    {
        (double narrowest, double widest) = (Math.Log(recipe.MinAspect), Math.Log(recipe.MaxAspect));
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            double area = (double)picture.Height * picture.Width * random.NextUniform(recipe.MinArea, recipe.MaxArea);
            if (SizeOf(area, Math.Exp(random.NextUniform(narrowest, widest)), picture) is not { } size) continue;
            int top = random.NextInteger(picture.Height - size.Height + 1);
            return new(top, random.NextInteger(picture.Width - size.Width + 1), size);
        }
        return Fallback(picture, recipe);
    }

    /// <summary>The size of a window of this area and aspect (width over height), sides rounded with halves to even; null when it does not fit.</summary>
    public static ImageSize? SizeOf(double area, double aspect, ImageSize picture)
    {
        double width = Math.Round(Math.Sqrt(area * aspect)), height = Math.Round(Math.Sqrt(area / aspect));
        return width > 0 && width <= picture.Width && height > 0 && height <= picture.Height ? new((int)height, (int)width) : null;
    }

    /// <summary>The largest window in the middle whose aspect is allowed: what a very wide or very tall picture gets.</summary>
    public static CropWindow Fallback(ImageSize picture, AugmentationRecipe recipe)
    {
        double aspect = (double)picture.Width / picture.Height;
        ImageSize size = picture;
        // A strip one pixel wide would round to no pixel at all, where torchvision fails.
        if (aspect < recipe.MinAspect) size = new(Math.Max(1, (int)Math.Round(picture.Width / recipe.MinAspect)), picture.Width);
        else if (aspect > recipe.MaxAspect) size = new(picture.Height, Math.Max(1, (int)Math.Round(picture.Height * recipe.MaxAspect)));
        return new((picture.Height - size.Height) / 2, (picture.Width - size.Width) / 2, size);
    }
}
