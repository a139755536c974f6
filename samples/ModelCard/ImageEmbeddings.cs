using Fovea;

namespace ModelCard;

/// <summary>The model card's first snippet, "Image Embeddings", line for line.</summary>
public static class ImageEmbeddings
{
    public static void Run(string model, string image)
    {
        using ImageEncoder net = ImageEncoder.Load(model);

        // Get the image size the model was trained on
        ImageSize size = net.Description.ImageSize;

        // Create an inference transform
        ImageTransform transform = new(size, net.Description.Channels);

        float[] embedding = net.Embed(transform.Apply(image));
        Console.WriteLine($"(1, {embedding.Length})");                             // (1, 512)
    }
}
