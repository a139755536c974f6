using Fovea.Training.Annotations;
using Fovea.Training.Randomness;

namespace Fovea.Training.Tests.Evaluation.Detection;

/// <summary>A drawn data set of boxes, and detections near them with scores that are all different.</summary>
internal sealed class DrawnBoxes
{
    public DrawnBoxes(ulong seed, int images = 8, int classes = 3)
    {
        RandomStream random = new(seed, RandomPurpose.Evaluation);
        Images = [.. Enumerable.Range(0, images).Select(image => 1000L - 7 * image)];
        Categories = [.. Enumerable.Range(0, classes).Select(number => new CocoCategory(3 * number + 1, $"class {number}"))];
        foreach (long image in Images)
        {
            int count = random.NextInteger(6);
            for (int number = 0; number < count; number++)
            {
                CocoBox box = new(random.NextUniform(0, 300), random.NextUniform(0, 300), random.NextUniform(4, 150), random.NextUniform(4, 150));
                Objects.Add(new CocoAnnotation(Objects.Count + 1, image, Categories[random.NextInteger(classes)].Id, box, box.Area, random.NextChance(0.1), IsIgnored: false));
                CocoBox near = new(box.X + random.NextUniform(-9, 9), box.Y + random.NextUniform(-9, 9), box.Width * random.NextUniform(0.7, 1.3), box.Height * random.NextUniform(0.7, 1.3));
                if (random.NextChance(0.8)) Detections.Add(new CocoDetection(image, Objects[^1].CategoryId, near, random.NextUniform() + 1e-9 * Detections.Count));
            }
        }
    }

    public long[] Images { get; }

    public CocoCategory[] Categories { get; }

    public List<CocoAnnotation> Objects { get; } = [];

    public List<CocoDetection> Detections { get; } = [];
}
