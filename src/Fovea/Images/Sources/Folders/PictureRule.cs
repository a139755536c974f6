namespace Fovea.Images;

/// <summary>Every picture, at any depth; hidden files and folders are passed over.</summary>
internal sealed class PictureRule : IWalkRule
{
    public static readonly PictureRule Instance = new();

    public bool Takes(ReadOnlySpan<char> fileName) => NameRules.IsPicture(fileName) && !NameRules.IsHidden(fileName);

    public IWalkRule? Enter(ReadOnlySpan<char> folderName) => NameRules.IsHidden(folderName) ? null : this;
}
