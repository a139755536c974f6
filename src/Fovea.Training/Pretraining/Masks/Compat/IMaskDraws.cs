namespace Fovea.Training.Pretraining;

/// <summary>The random numbers of one batch, in the order in which the reference asks for them: block sizes, then picture after picture.</summary>
internal interface IMaskDraws
{
    /// <summary>Uniform in [0, 1), a multiple of 2^-24: a block size.</summary>
    double NextUniform();

    /// <summary>The places of this picture come next.</summary>
    /// <param name="position">Its position in the global batch.</param>
    void BeginPicture(int position);

    /// <summary>A uniform whole number in 0..<paramref name="count"/>-1: a row or a column.</summary>
    int NextInteger(int count);
}
