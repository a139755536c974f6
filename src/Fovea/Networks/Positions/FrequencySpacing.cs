namespace Fovea.Networks;

/// <summary>The exponents i of the frequencies temperature^-i in a table of sines and cosines, q of them.</summary>
internal enum FrequencySpacing
{
    /// <summary>0, 1/(q-1), ..., 1: the reference.</summary>
    ToLast,

    /// <summary>0, 1/q, ..., (q-1)/q: Vaswani et al. 2017 and the published I-JEPA.</summary>
    BeforeLast,
}
