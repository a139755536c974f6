namespace Fovea.Tasks;

/// <summary>Why a picture has no result, one sentence each.</summary>
internal static class TaskThrow
{
    public static ImageException NoNumbers(string picture) =>
        new($"{picture}: the network gives NaN or infinity for it, so nothing can be said of it; check the model's file, whose weights are probably damaged.");
}
