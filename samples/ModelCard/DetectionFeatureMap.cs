using Fovea;

namespace ModelCard;

/// <summary>The model card's second snippet, "Detection Feature Map", line for line.</summary>
public static class DetectionFeatureMap
{
    public static void Run(string model, string image)
    {
        using ImageEncoder net = ImageEncoder.Load(model);

        // Get the image size the model was trained on
        ImageSize size = net.Description.ImageSize;

        // Create an inference transform
        ImageTransform transform = new(size, net.Description.Channels);

        ImageFeatures features = net.Features(transform.Apply(image));
        // features is a collection (stage name -> [width, rows, columns] of one picture)
        Console.WriteLine($"[{string.Join(", ", features.Select(f => $"('{f.Name}', {new TensorShape([1, .. f.Shape.Dimensions])})"))}]");
        // [('neck', [1, 512, 14, 14])]
    }
}
