namespace Fovea;

/// <summary>The arithmetic of a network's linear layers, which are nearly all of its work.</summary>
public enum Precision
{
    /// <summary>Float32 throughout: the reference's numbers.</summary>
    Float32,

    /// <summary>
    /// The linear layers of the blocks multiply 8-bit integers: a quarter of the memory, and about three times as fast on processors with an
    /// instruction for that (AVX-512 VNNI, AVX-VNNI, AMX, Arm dot products). Elsewhere weights have 7 bits, and the gain is about 1.6 times.
    /// Embeddings have a cosine of at least 0.999 to those of <see cref="Float32"/>, and do not depend on other pictures.
    /// </summary>
    Int8,
}
