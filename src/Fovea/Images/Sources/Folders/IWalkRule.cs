namespace Fovea.Images;

/// <summary>What a walk takes from one folder, and by which rule it goes on below it.</summary>
internal interface IWalkRule
{
    /// <summary>Whether a file of this folder is wanted.</summary>
    bool Takes(ReadOnlySpan<char> fileName);

    /// <summary>The rule inside a folder of this folder; null when nothing in it can be wanted.</summary>
    IWalkRule? Enter(ReadOnlySpan<char> folderName);
}
