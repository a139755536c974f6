using Fovea.Training.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;

namespace Fovea.Training.Tasks;

/// <summary>The three losses of FCOS (Tian et al. 2020, sec. 3.2), each a sum over places divided by the number of places that belong to objects.</summary>
/// <param name="Classes">Focal loss (Lin et al. 2017) over all places and classes.</param>
/// <param name="Boxes">1 - GIoU (Rezatofighi et al. 2019), not weighted by centre-ness, as in the reference.</param>
/// <param name="Centres">Cross-entropy of centre-ness.</param>
internal sealed record FcosLoss(Tensor Classes, Tensor Boxes, Tensor Centres)
{
    private const double Alpha = 0.25;
    private const double Epsilon = 1e-7;

    /// <summary>Their plain sum.</summary>
    public Tensor Total => Classes.Plus(Boxes).Plus(Centres);

    /// <summary>The losses of some pictures.</summary>
    /// <param name="outputs">What was said.</param>
    /// <param name="targets">What should have been, for the same pictures.</param>
    /// <param name="found">Places with objects in the whole batch, of which these pictures may be a part; at least 1 is divided by.</param>
    public static FcosLoss Of(FcosOutputs outputs, FcosTargets targets, int found)
    {
        Device device = outputs.ClassLogits.device;
        ScalarType type = outputs.ClassLogits.dtype;
        double normaliser = Math.Max(found, 1);
        Tensor places = tensor(targets.Found).to(device);
        Tensor classes = Focal(outputs.ClassLogits.flatten(0, 1), targets).Over(normaliser);
        if (targets.Found.Length == 0)
        {
            // Part of the graph all the same: every parameter has a gradient, 0.
            return new FcosLoss(classes, outputs.Distances.sum().Times(0), outputs.CentreLogits.sum().Times(0));
        }
        Tensor wanted = tensor(targets.Boxes, [targets.Found.Length, 4]).to(type).to(device);
        Tensor corners = tensor(targets.Places, [targets.Found.Length, 3]).to(type).to(device);
        Tensor predicted = EdgesOf(outputs.Distances.flatten(0, 1).index_select(0, places), corners);
        Tensor boxes = GeneralisedOverlapLoss(predicted, wanted).sum().Over(normaliser);
        Tensor centres = Functional.binary_cross_entropy_with_logits(outputs.CentreLogits.flatten().index_select(0, places), tensor(targets.Centres).to(type).to(device), reduction: nn.Reduction.Sum);
        return new FcosLoss(classes, boxes, centres.Over(normaliser));
    }

    /// <summary>1 - GIoU of pairs of boxes, [pairs]. Predicted ones may be without area; wanted ones are not, so no union is 0.</summary>
    /// <param name="predicted">[pairs, 4]: left, top, right, bottom.</param>
    /// <param name="wanted">The same.</param>
    public static Tensor GeneralisedOverlapLoss(Tensor predicted, Tensor wanted)
    {
        Tensor[] p = predicted.unbind(1), w = wanted.unbind(1);
        Tensor width = Functional.relu(minimum(p[2], w[2]).Minus(maximum(p[0], w[0]))), height = Functional.relu(minimum(p[3], w[3]).Minus(maximum(p[1], w[1])));
        Tensor intersection = width * height;
        Tensor union = Area(p).Plus(Area(w)).Minus(intersection);
        Tensor enclosing = maximum(p[2], w[2]).Minus(minimum(p[0], w[0])) * maximum(p[3], w[3]).Minus(minimum(p[1], w[1]));
        Tensor overlap = intersection / union.Plus(Epsilon), waste = enclosing.Minus(union) / enclosing.Plus(Epsilon);
        return overlap.Minus(waste).Times(-1).Plus(1);

        static Tensor Area(Tensor[] box) => box[2].Minus(box[0]) * box[3].Minus(box[1]);
    }

    // -alpha_t (1 - p_t)^2 log p_t, by the stable form of the logarithm; one-hot targets.
    private static Tensor Focal(Tensor logits, FcosTargets targets)
    {
        using Scalar zero = 0.ToScalar(), one = 1.ToScalar();                                               // they must outlive the calls
        Tensor wanted = zeros_like(logits);
        if (targets.Found.Length > 0)
        {
            long[] numbers = [.. targets.Found.Zip(targets.Classes, (place, index) => place * logits.shape[1] + index)];
            wanted.view(-1).index_fill_(0, tensor(numbers).to(logits.device), one);
        }
        Tensor probability = sigmoid(logits);
        Tensor crossEntropy = Functional.binary_cross_entropy_with_logits(logits, wanted, reduction: nn.Reduction.None);
        Tensor miss = probability.Plus(wanted).Minus((probability * wanted).Times(2));                       // 1 - p_t
        Tensor weight = wanted.Times(2 * Alpha - 1).Plus(1 - Alpha);                                         // alpha_t
        Tensor loss = weight * miss * miss * crossEntropy;
        if (targets.LeftOut.Length > 0)
        {
            Tensor counts = ones(logits.shape[0], dtype: logits.dtype, device: logits.device);
            counts.index_fill_(0, tensor(targets.LeftOut).to(logits.device), zero);
            loss = loss * counts.unsqueeze(1);
        }
        return loss.sum();
    }

    // Distances in cells, [found, 4], and column, row, cell size of their places, [found, 3], to edges in pixels.
    private static Tensor EdgesOf(Tensor distances, Tensor places)
    {
        Tensor x = places.narrow(1, 0, 1), y = places.narrow(1, 1, 1), pixels = distances * places.narrow(1, 2, 1);
        return cat([x.Minus(pixels.narrow(1, 0, 1)), y.Minus(pixels.narrow(1, 1, 1)), x.Plus(pixels.narrow(1, 2, 1)), y.Plus(pixels.narrow(1, 3, 1))], 1);
    }
}
