using System.Numerics;
using Fovea.Training.Tensors;
using static TorchSharp.torch;

namespace Fovea.Training.Optimization;

/// <summary>One AdamW step over arrays, in one pass that also zeroes gradients, moves the follower and writes the bfloat16 copies.</summary>
internal sealed unsafe class AdamWKernel
{
    /// <summary>Elements that one thread takes at a time.</summary>
    private const long Chunk = 1 << 18;

    private readonly AdamWStep _step;
    private readonly float* _values, _gradients, _first, _second, _follower;
    private readonly ushort* _copies, _followerCopies;
    private readonly long _followed;
    private readonly List<Part> _parts = [];

    public AdamWKernel(AdamWStep step, Tensor values, Tensor gradients, Tensor firstMoments, Tensor secondMoments, Tensor? copies, Tensor? follower, Tensor? followerCopies)
    {
        _step = step;
        _values = FlatSpan.Pointer<float>(values);
        _gradients = FlatSpan.Pointer<float>(gradients);
        _first = FlatSpan.Pointer<float>(firstMoments);
        _second = FlatSpan.Pointer<float>(secondMoments);
        if (copies is not null) _copies = FlatSpan.Pointer<ushort>(copies);
        if (followerCopies is not null) _followerCopies = FlatSpan.Pointer<ushort>(followerCopies);
        if (follower is null) return;
        _follower = FlatSpan.Pointer<float>(follower);
        _followed = follower.numel();
    }

    /// <summary>Adds a parameter to the pass. A follower ends with a parameter, never inside of one.</summary>
    public void Add(ParameterSlice slice, double weightDecay, double rateScale, bool isTrained)
    {
        float keep = (float)(1 - rateScale * _step.LearningRate * weightDecay), stepSize = (float)(rateScale * _step.StepSize);
        bool isFollowed = slice.Offset < _followed;
        for (long offset = 0; offset < slice.Length; offset += Chunk)
        {
            _parts.Add(new Part(slice.Offset + offset, (int)Math.Min(Chunk, slice.Length - offset), keep, stepSize, isTrained, isFollowed));
        }
    }

    public void Run() => Parallel.For(0, _parts.Count, new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() }, index => Update(_parts[index]));

    /// <summary>In float64, in an order that no number of threads changes.</summary>
    public static double SumOfSquares(Tensor values)
    {
        float* first = FlatSpan.Pointer<float>(values);
        long count = values.numel();
        double[] sums = new double[(count + Chunk - 1) / Chunk];
        Parallel.For(0, sums.Length, new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() }, chunk =>
        {
            ReadOnlySpan<float> part = new(first + chunk * Chunk, (int)Math.Min(Chunk, count - chunk * Chunk));
            Vector<double> sum = Vector<double>.Zero;
            int index = 0;
            for (; index <= part.Length - Vector<float>.Count; index += Vector<float>.Count)
            {
                Vector.Widen(new Vector<float>(part[index..]), out Vector<double> low, out Vector<double> high);
                sum += low * low + high * high;
            }
            double total = Vector.Sum(sum);
            for (; index < part.Length; index++) total += (double)part[index] * part[index];
            sums[chunk] = total;
        });
        return sums.Sum();
    }

    private void Update(Part part)
    {
        Span<float> x = new(_values + part.Offset, part.Length), g = new(_gradients + part.Offset, part.Length);
        if (part.IsTrained)
        {
            Move(x, g, new Span<float>(_first + part.Offset, part.Length), new Span<float>(_second + part.Offset, part.Length), part.Keep, part.StepSize);
            if (_copies != null) Round(x, new Span<ushort>(_copies + part.Offset, part.Length));
        }
        g.Clear();
        if (!part.IsFollowed) return;
        Span<float> average = new(_follower + part.Offset, part.Length);
        Follow(average, x);
        if (_followerCopies != null) Round(average, new Span<ushort>(_followerCopies + part.Offset, part.Length));
    }

    // In torch's order of operations, so that the last bits agree where fused multiplication does not step in.
    private void Move(Span<float> x, Span<float> g, Span<float> m, Span<float> v, float keep, float stepSize)
    {
        int index = 0;
        Vector<float> root = new(_step.RootOfBias2), epsilon = new(_step.Epsilon);
        for (; index <= x.Length - Vector<float>.Count; index += Vector<float>.Count)
        {
            Vector<float> gradient = new Vector<float>(g[index..]) * _step.GradientScale;
            Vector<float> first = new(m[index..]), second = new Vector<float>(v[index..]) * _step.Keep2 + gradient * gradient * _step.Take2;
            first += (gradient - first) * _step.Take1;
            Vector<float> moved = new Vector<float>(x[index..]) * keep - first / (Vector.SquareRoot(second) / root + epsilon) * stepSize;
            first.CopyTo(m[index..]);
            second.CopyTo(v[index..]);
            moved.CopyTo(x[index..]);
        }
        for (; index < x.Length; index++)
        {
            float gradient = g[index] * _step.GradientScale;
            v[index] = v[index] * _step.Keep2 + gradient * gradient * _step.Take2;
            m[index] += (gradient - m[index]) * _step.Take1;
            x[index] = x[index] * keep - m[index] / (MathF.Sqrt(v[index]) / _step.RootOfBias2 + _step.Epsilon) * stepSize;
        }
    }

    private void Follow(Span<float> average, Span<float> x)
    {
        int index = 0;
        for (; index <= x.Length - Vector<float>.Count; index += Vector<float>.Count)
        {
            Vector<float> old = new(average[index..]);
            (old + (new Vector<float>(x[index..]) - old) * _step.FollowerWeight).CopyTo(average[index..]);
        }
        for (; index < x.Length; index++) average[index] += (x[index] - average[index]) * _step.FollowerWeight;
    }

    // To bfloat16, halves to even; parameters are finite.
    private static void Round(Span<float> values, Span<ushort> rounded)
    {
        int index = 0;
        for (; index <= values.Length - 2 * Vector<float>.Count; index += 2 * Vector<float>.Count)
        {
            Vector.Narrow(Upper(new Vector<float>(values[index..])), Upper(new Vector<float>(values[(index + Vector<float>.Count)..]))).CopyTo(rounded[index..]);
        }
        for (; index < values.Length; index++)
        {
            uint bits = BitConverter.SingleToUInt32Bits(values[index]);
            rounded[index] = (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
        }

        static Vector<uint> Upper(Vector<float> value)
        {
            Vector<uint> bits = Vector.AsVectorUInt32(value);
            return (bits + new Vector<uint>(0x7FFF) + ((bits >> 16) & Vector<uint>.One)) >> 16;
        }
    }

    private readonly record struct Part(long Offset, int Length, float Keep, float StepSize, bool IsTrained, bool IsFollowed);
}
