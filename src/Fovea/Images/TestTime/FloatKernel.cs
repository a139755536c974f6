namespace Fovea.Images;

/// <summary>The weights of one output position in single precision, as libtorch computes them for float tensors (bicubic, antialiased).</summary>
/// <param name="First">The first input sample.</param>
/// <param name="Weights">Normalised; cut at the borders.</param>
internal readonly record struct FloatKernel(int First, float[] Weights)
{
    private const float A = -0.5f;

    /// <summary>One kernel per output. Where a value is rounded to single precision is part of the definition.</summary>
    public static FloatKernel[] Create(int inputs, int outputs)
    {
        float scale = (float)inputs / outputs;
        float support = scale >= 1 ? 2 * scale : 2;
        float inverse = scale >= 1 ? 1 / scale : 1;
        FloatKernel[] kernels = new FloatKernel[outputs];
        for (int output = 0; output < outputs; output++)
        {
            float center = (float)(scale * (output + 0.5));
            int first = Math.Max((int)((double)(center - support) + 0.5), 0);
            int end = Math.Min((int)((double)(center + support) + 0.5), inputs);
            float[] weights = new float[end - first];
            float sum = 0;
            for (int tap = 0; tap < weights.Length; tap++)
            {
                weights[tap] = Cubic(MathF.Abs((float)(((double)(tap + first - center) + 0.5) * inverse)));
                sum += weights[tap];
            }
            foreach (ref float weight in weights.AsSpan()) weight /= sum;
            kernels[output] = new(first, weights);
        }
        return kernels;
    }

    private static float Cubic(float x)
    {
        if (x < 1) return ((A + 2) * x - (A + 3)) * x * x + 1;
        return x < 2 ? ((A * x - 5 * A) * x + 8 * A) * x - 4 * A : 0;
    }
}
