namespace Fovea.Networks;

/// <summary>
/// Networks of the reference whose names or even keys look like a plain Vision Transformer's, but which compute something else.
/// A windowed or rotary network loads into a plain one without complaint and gives nonsense, so the name decides.
/// </summary>
internal static class OtherFamilies
{
    private static readonly (string Prefix, string Family)[] Prefixes =
    [
        ("rope_flexivit_", "a FlexiViT with rotary positions"),
        ("rope_vit5_", "a ViT-5 with rotary positions"),
        ("rope_", "a Vision Transformer with rotary positions"),
        ("pe_spatial_", "a Vision Transformer with rotary positions"),
        ("vit_windowed_", "a Vision Transformer with windowed attention"),
        ("vit_parallel_", "a Vision Transformer with parallel branches"),
        ("vit_det_", "a Vision Transformer for detection (windows, relative positions)"),
        ("vit_sam_", "the image encoder of Segment Anything (windows, relative positions)"),
        ("flexivit_", "a FlexiViT (variable patch size)"),
        ("deit_", "a DeiT with a distillation token"),
        ("simple_vit_", "a Simple ViT (fixed sine-cosine positions)"),
        ("hieradet_", "a HieraDet (several resolutions)"),
        ("hiera_", "a Hiera (several resolutions)"),
        ("cas_vit_", "a CAS-ViT"),
        ("crossvit_", "a CrossViT"),
        ("davit_", "a DaViT"),
        ("edgevit_", "an EdgeViT"),
        ("efficientvit_", "an EfficientViT"),
        ("fastvit_", "a FastViT"),
        ("gc_vit_", "a GC ViT"),
        ("levit_", "a LeViT"),
        ("maxvit_", "a MaxViT"),
        ("microvit_", "a MicroViT"),
        ("mobilevit_", "a MobileViT"),
        ("mvit_v2_", "an MViT"),
        ("nextvit_", "a Next-ViT"),
        ("regionvit_", "a RegionViT"),
        ("repvit_", "a RepViT"),
        ("shvit_", "an SHViT"),
        ("tiny_vit_", "a TinyViT"),
        ("dino_", "a training wrapper (DINO)"),
        ("mae_", "a training wrapper (masked autoencoder)"),
        ("simmim_", "a training wrapper (SimMIM)"),
    ];

    /// <summary>What a name of another family is, with its article; null for all other names.</summary>
    public static string? Describe(string name)
    {
        foreach ((string prefix, string family) in Prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) return family;
        }
        return null;
    }
}
