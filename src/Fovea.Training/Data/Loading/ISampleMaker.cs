using Fovea.Images;
using Fovea.Training.Randomness;

namespace Fovea.Training.Data;

/// <summary>Makes of a decoded picture what is learned from: the network's input, and what is to be found in it. Called from many threads.</summary>
/// <typeparam name="TTarget">What is known of one picture: its class, its boxes, its mask.</typeparam>
internal interface ISampleMaker<TTarget>
{
    /// <summary>[channels, height, width] of every network's input.</summary>
    TensorShape Shape { get; }

    /// <summary>One sample: a function of the picture and its random numbers.</summary>
    /// <param name="sample">Its number in the set.</param>
    /// <param name="picture">Decoded; may be changed.</param>
    /// <param name="random">The picture's own numbers.</param>
    /// <param name="pixels">[channels, height, width], normalised: to be filled.</param>
    /// <exception cref="ImageException">It cannot be used; another takes its place.</exception>
    TTarget Make(int sample, RgbImage picture, ref RandomStream random, Span<float> pixels);
}
