namespace Fovea.Bench;

/// <summary>What the benchmark of starts starts: one embedding of one picture that is ready; then the process says what it took.</summary>
internal static class FirstEmbedding
{
    public static int Run(string model, string precision)
    {
        using ImageEncoder encoder = ImageEncoder.Load(model, new EncoderOptions { Precision = Enum.Parse<Precision>(precision) });
        encoder.Embed(new ImageTensor(new TensorShape(1, 3, 224, 224), new float[3 * 224 * 224]));
        Console.WriteLine(ProcessCost.Line());
        return 0;
    }
}
