namespace Fovea;

/// <summary>How <see cref="ObjectDiscovery"/> compares patches; the defaults are those of LOST.</summary>
public sealed record DiscoveryOptions
{
    /// <summary>Patches of smallest degree that may join the seed. Default 100.</summary>
    public int Candidates { get; init; } = 100;

    /// <summary>Added to every similarity. Default 0. Darcet et al. 2023 chose one by hand for each model, since keys of different models are centred differently.</summary>
    public double Bias { get; init; }

    /// <summary>Whether <see cref="Bias"/> is chosen so that half of the similarities between different patches are positive: less their median. Default false.</summary>
    public bool HasAutomaticBias { get; init; }

    /// <summary>Whether the mean of the picture's patches is taken off first. Default false.</summary>
    public bool IsCentred { get; init; }

    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    internal void Check()
    {
        if (Candidates < 1) throw new ArgumentException($"{Candidates} candidates leave no seed; give at least 1.");
        if (!double.IsFinite(Bias)) throw new ArgumentException($"a bias of {Bias} makes all patches alike; give a finite number.");
    }
}
