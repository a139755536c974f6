namespace Fovea;

/// <summary>Which token of a network is what: registers first, then the class token if there is one, then the patches row by row, as the reference orders them.</summary>
/// <param name="Registers">Number of register tokens (Darcet et al. 2023); 0 for most networks.</param>
/// <param name="HasClassToken">Whether a class token stands behind the registers.</param>
/// <param name="Grid">Rows and columns of patches.</param>
public sealed record TokenLayout(int Registers, bool HasClassToken, PatchGrid Grid)
{
    /// <summary>Registers and class token: the tokens in front of the patches.</summary>
    public int SpecialTokens => Registers + (HasClassToken ? 1 : 0);

    /// <summary>All tokens.</summary>
    public int Tokens => SpecialTokens + Grid.Patches;

    /// <summary>The part of a token sequence that are patches.</summary>
    /// <param name="tokens">[tokens, width], such as <see cref="EncoderOutput.BlockTokens"/> or <see cref="EncoderOutput.Keys"/> gives it.</param>
    /// <returns>[patches, width], row by row of the grid; no copy.</returns>
    /// <exception cref="ArgumentException">The numbers are not those of so many tokens.</exception>
    public ReadOnlyMemory<float> Patches(ReadOnlyMemory<float> tokens)
    {
        if (tokens.IsEmpty || tokens.Length % Tokens != 0) throw new ArgumentException($"{tokens.Length} numbers are not {Tokens} tokens; give the output of an encoder with this layout.", nameof(tokens));
        return tokens[(tokens.Length / Tokens * SpecialTokens)..];
    }

    /// <summary>What a special token is called: `register 1`, ..., `class token`.</summary>
    /// <param name="token">From 0 to <see cref="SpecialTokens"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such special token.</exception>
    public string NameOf(int token)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(token);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, SpecialTokens);
        return token < Registers ? $"register {token + 1}" : "class token";
    }
}
