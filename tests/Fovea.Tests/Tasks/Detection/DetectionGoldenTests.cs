using System.Text.Json.Nodes;
using Fovea.Tasks;

namespace Fovea.Tests.Tasks.Detection;

public class DetectionGoldenTests
{
    public static TheoryData<int> Cases => FcosGolden.Cases;

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void Places_of_every_level_equal_the_reference(int number)
    {
        JsonNode one = FcosGolden.Case(number);
        Locations[] levels = FcosGolden.Levels(one);
        Assert.Equal(one["locations_per_level"]!.AsArray().Select(count => (int)count!), levels.Select(level => level.Count));
        Assert.Equal(FcosGolden.Numbers(one["first_location_centres_per_level"]!), levels.SelectMany(level => (double[])[level[0].X, level[0].Y]));
        Assert.Equal(FcosGolden.Numbers(one["last_location_centres_per_level"]!), levels.SelectMany(level => (double[])[level[level.Count - 1].X, level[level.Count - 1].Y]));
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void Detections_equal_the_reference_in_double(int number) => AssertDetections(number, value => value, FcosGolden.Tolerance);

    /// <summary>float32 logits: 24 bits of a score and of pixels up to some hundreds.</summary>
    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void Detections_equal_the_reference_in_float(int number) => AssertDetections(number, value => (float)value, 2e-5 * 200);

    private static void AssertDetections<T>(int number, Func<double, T> convert, double tolerance)
        where T : struct, System.Numerics.IFloatingPointIeee754<T>
    {
        JsonNode one = FcosGolden.Case(number);
        DetectionDecoder decoder = new(FcosGolden.Settings());
        DetectorMaps<T>[] maps = FcosGolden.Maps(one, convert);
        (int classes, ImageSize size) = ((int)one["classes"]!, FcosGolden.Size(one["image_size_hw"]!));
        Assert.Equal((int)one["candidates_before_nms"]!, decoder.Candidates(maps, classes, size).Count);
        List<ScoredBox> found = decoder.Decode(maps, classes, size);
        JsonArray expected = one["detections"]!.AsArray();
        Assert.Equal(expected.Select(detection => (int)detection!["class"]!), found.Select(detection => detection.Class));
        for (int index = 0; index < found.Count; index++)
        {
            double[] numbers = [(double)expected[index]!["score"]!, .. FcosGolden.Numbers(expected[index]!["box"]!)];
            BoundingBox box = found[index].Box;
            Assert.All(numbers.Zip([found[index].Score, box.Left, box.Top, box.Right, box.Bottom]), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        }
    }
}
