namespace Fovea.Networks;

/// <summary>What one picture costs.</summary>
internal static class NetworkCost
{
    /// <summary>Operations of all matrix products for one embedding, a multiplication and an addition for every term: 16.24e9 for the flagship at 224.</summary>
    /// <remarks>Norms, softmax and activations are not counted, nor pools and heads.</remarks>
    public static double Operations(VitNetwork network)
    {
        VitConfig config = network.Config;
        double tokens = network.Tokens, width = config.Width, patches = network.Grid.Patches;
        double projection = patches * width * network.Channels * config.PatchSize * config.PatchSize;
        double attention = 4 * tokens * width * width + 2 * tokens * tokens * width;
        double feedForward = (network.IsGated ? 3 : 2) * tokens * width * config.MlpWidth;
        return 2 * (projection + config.Depth * (attention + feedForward));
    }
}
