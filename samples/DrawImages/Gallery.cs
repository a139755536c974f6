using DrawImages.Encoding;
using DrawImages.Scenes;
using DrawImages.Shapes;
using DrawImages.Textures;

namespace DrawImages;

/// <summary>
/// The pictures of samples/images. Scenes come in pairs (two harbours, two forests, ...), so that a search for neighbours has
/// something to find; sizes and formats are mixed, as in a real folder.
/// </summary>
internal static class Gallery
{
    public static IReadOnlyList<Picture> Pictures { get; } =
    [
        new("harbour-morning.jpg", 640, 480, new HarbourScene(HarbourLight.Morning, seed: 11), PictureFormat.Jpeg),
        new("harbour-evening.webp", 720, 480, new HarbourScene(HarbourLight.Evening, seed: 23), PictureFormat.WebP),
        new("forest-mist.jpg", 480, 640, new ForestScene(ForestSeason.MistyMorning, seed: 31), PictureFormat.Jpeg),
        new("forest-autumn.jpg", 640, 480, new ForestScene(ForestSeason.Autumn, seed: 47), PictureFormat.Jpeg),
        new("mountains-dusk.jpg", 1200, 300, new MountainScene(MountainHour.Dusk, shore: 1, seed: 5), PictureFormat.Jpeg),
        new("mountain-lake.jpg", 1024, 683, new MountainScene(MountainHour.Noon, shore: 0.66, seed: 8), PictureFormat.Jpeg),
        new("city-night.jpg", 640, 480, new CityScene(seed: 3), PictureFormat.Jpeg),
        new("fruit-jug.jpg", 640, 480, StillLifeScene.WithJug, PictureFormat.Jpeg),
        new("fruit-turned.jpg", 640, 480, StillLifeScene.WithGrapes, PictureFormat.TurnedJpeg),
        new("moon-grey.png", 256, 256, new MoonScene(seed: 19), PictureFormat.GreyPng),
        new("wood.jpg", 512, 384, new WoodTexture(seed: 2), PictureFormat.Jpeg),
        new("cloth.webp", 480, 480, new ClothTexture(seed: 6), PictureFormat.WebP),
        new("stones-grey.jpg", 512, 384, new StoneTexture(seed: 4), PictureFormat.GreyJpeg),
        new("water.webp", 600, 400, new WaterTexture(seed: 7), PictureFormat.WebP),
        new("shapes.png", 400, 300, new ShapesScene(), PictureFormat.Png),
        new("icon.png", 64, 64, new EyeIcon(), PictureFormat.Png),
    ];
}
