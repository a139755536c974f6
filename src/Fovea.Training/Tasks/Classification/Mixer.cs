using Fovea.Training.Randomness;
using Fovea.Training.Tensors;
using static TorchSharp.torch;

namespace Fovea.Training.Tasks;

/// <summary>Draws how the pictures of each batch are mixed: a function of (seed, step, first picture).</summary>
internal sealed class Mixer
{
    private const double LeastAlpha = 0.01;                                        // below it both gamma variates may be 0, and their ratio no number

    private readonly MixingSettings _settings;
    private readonly ImageSize _size;
    private readonly ulong _seed;

    /// <param name="settings">What is on.</param>
    /// <param name="size">The network's input.</param>
    /// <param name="seed">The run's seed.</param>
    /// <exception cref="ArgumentException">Alpha is too small.</exception>
    public Mixer(MixingSettings settings, ImageSize size, ulong seed)
    {
        if (settings.MixupAlpha is { } alpha && !(alpha >= LeastAlpha && double.IsFinite(alpha))) throw new ArgumentException($"mixing.mixup_alpha is {alpha}; it is {LeastAlpha} or more, or null for no mixup.");
        (_settings, _size, _seed) = (settings, size, seed);
    }

    /// <summary>How a batch is mixed; null: it stays as it is. Each choice that is on, and that of no mixing, is as likely as the others.</summary>
    /// <param name="step">The global step.</param>
    /// <param name="first">The first picture's position in the step's global batch.</param>
    public Mix? Draw(long step, int first)
    {
        int choices = 1 + (_settings.MixupAlpha is null ? 0 : 1) + (_settings.CutMix ? 1 : 0);
        if (choices == 1) return null;
        RandomStream random = new(_seed, RandomPurpose.Mixing, step, first);
        int choice = random.NextInteger(choices);
        if (choice == 0) return null;
        return _settings.MixupAlpha is { } alpha && choice == 1 ? Mix.Whole(BetaDistribution.Draw(ref random, alpha, alpha)) : Cut(ref random);
    }

    // A rectangle of the wanted area around a random centre, cut off at the edges (Yun et al. 2019, eq. 2; Beta(1, 1) is uniform).
    private Mix Cut(ref RandomStream random)
    {
        double side = 0.5 * Math.Sqrt(1 - random.NextUniform());
        int centreX = random.NextInteger(_size.Width), centreY = random.NextInteger(_size.Height);
        int halfWidth = (int)(side * _size.Width), halfHeight = (int)(side * _size.Height);
        int left = Math.Max(0, centreX - halfWidth), top = Math.Max(0, centreY - halfHeight);
        return Mix.Rectangle(top, left, Math.Min(_size.Height, centreY + halfHeight) - top, Math.Min(_size.Width, centreX + halfWidth) - left, _size);
    }
}

/// <summary>One way to mix the pictures of a batch, each with the one before it; the first with the last.</summary>
/// <param name="OwnShare">What a picture's own class keeps of the target.</param>
internal sealed record Mix(double OwnShare)
{
    private (int Top, int Left, int Height, int Width)? _pasted;

    /// <summary>Mixup: `share * own + (1 - share) * other`.</summary>
    public static Mix Whole(double share) => new(share);

    /// <summary>CutMix: the other's pixels in a rectangle; it may be empty.</summary>
    public static Mix Rectangle(int top, int left, int height, int width, ImageSize size) =>
        new(1 - (double)height * width / ((double)size.Height * size.Width)) { _pasted = (top, left, height, width) };

    /// <summary>The mixed pictures, a new tensor.</summary>
    /// <param name="images">[pictures, channels, height, width], normalised.</param>
    public Tensor Images(Tensor images)
    {
        if (_pasted is not { } part) return Blend(images);
        Tensor mixed = images.clone();
        if (part.Height > 0 && part.Width > 0) Window(mixed, part).copy_(Window(images.roll(1, 0), part));
        return mixed;
    }

    /// <summary>The mixed targets, a new tensor.</summary>
    /// <param name="targets">[pictures, classes].</param>
    public Tensor Targets(Tensor targets) => Blend(targets);

    private Tensor Blend(Tensor x) => x.Times(OwnShare).PlusInPlace(x.roll(1, 0).TimesInPlace(1 - OwnShare));

    private static Tensor Window(Tensor images, (int Top, int Left, int Height, int Width) part) => images.narrow(2, part.Top, part.Height).narrow(3, part.Left, part.Width);
}
