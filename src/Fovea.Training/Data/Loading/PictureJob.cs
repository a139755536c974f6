using Fovea.Images;
using Fovea.Training.Randomness;

namespace Fovea.Training.Data;

/// <summary>One picture of one batch, still to be made. Everything that it depends on is here, so any thread may do it at any time.</summary>
/// <param name="Batch">Where it goes.</param>
/// <param name="Index">Its place in the batch.</param>
/// <param name="Order">The order of its epoch.</param>
/// <typeparam name="TTarget">What is known of one picture.</typeparam>
internal readonly record struct PictureJob<TTarget>(TrainingBatch<TTarget> Batch, int Index, EpochOrder Order)
{
    // If one picture in twenty is broken, so many in a row have a chance of 1e-83.
    private const int MostTries = 64;

    private long Position => Batch.FirstPosition + Index;

    /// <summary>Decodes the picture and makes its sample, into its place; a broken one is replaced by the next of the epoch's order, seen with the same random numbers.</summary>
    /// <returns>What could not be used.</returns>
    /// <exception cref="TrainingDataException">Nothing could.</exception>
    public IReadOnlyList<FailedTry> Do(IPictureSet pictures, ISampleMaker<TTarget> maker, ulong seed)
    {
        List<FailedTry>? failed = null;
        int tries = Math.Min(MostTries, Order.Count), length = (int)maker.Shape.ElementCount;
        for (int attempt = 0; attempt < tries; attempt++)
        {
            int sample = Order[Position + attempt];
            try
            {
                using RgbImage picture = pictures.Open(sample);
                RandomStream random = new(seed, RandomPurpose.Augmentation, Batch.Epoch, Position);
                Batch.Targets[Index] = maker.Make(sample, picture, ref random, Batch.Pixels.AsSpan(Index * length, length));
                Batch.Samples[Index] = sample;
                return failed ?? (IReadOnlyList<FailedTry>)[];
            }
            catch (ImageException reason)
            {
                (failed ??= []).Add(new(sample, new SkippedImage(pictures.NameOf(sample), reason)));
            }
        }
        throw DataThrow.NothingUsable(tries, failed![^1].Picture.Reason.Message);
    }
}
