using Fovea.Images;
using Fovea.Training.Randomness;

namespace Fovea.Training.Data;

/// <summary>Augmented pictures with their class indices, <see cref="TrainingBatch.NoLabel"/> where none is known.</summary>
/// <param name="pictures">The set that knows them.</param>
/// <param name="augmenter">From decoded pictures to what the network sees.</param>
internal sealed class LabelledSamples(IPictureSet pictures, Augmenter augmenter) : ISampleMaker<int>
{
    public TensorShape Shape { get; } = new(augmenter.Recipe.Channels.Channels, augmenter.Recipe.Size.Height, augmenter.Recipe.Size.Width);

    public int Make(int sample, RgbImage picture, ref RandomStream random, Span<float> pixels)
    {
        augmenter.Apply(picture, ref random, pixels);
        return pictures.LabelOf(sample) ?? TrainingBatch.NoLabel;
    }
}
