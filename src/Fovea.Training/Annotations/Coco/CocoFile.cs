namespace Fovea.Training.Annotations;

/// <summary>What a COCO annotation file says, in its order. Ids are 64 bits, have gaps, and stand in no order.</summary>
/// <param name="Name">What messages call the file.</param>
/// <param name="Images">Every picture, those without objects too.</param>
/// <param name="Categories">The classes.</param>
/// <param name="Annotations">The objects of these pictures and categories; others are left out and counted in <paramref name="Remarks"/>.</param>
/// <param name="Remarks">What a user should hear, a sentence each.</param>
internal sealed record CocoFile(
    string Name, IReadOnlyList<CocoImage> Images, IReadOnlyList<CocoCategory> Categories, IReadOnlyList<CocoAnnotation> Annotations, IReadOnlyList<string> Remarks);

/// <summary>A picture of a COCO file.</summary>
/// <param name="Id">Its id.</param>
/// <param name="FileName">Its path from the folder of pictures, with `/`; empty when the file does not tell.</param>
/// <param name="Width">Pixels, as the file has it; 0 when it does not tell.</param>
/// <param name="Height">As <paramref name="Width"/>.</param>
internal sealed record CocoImage(long Id, string FileName, int Width, int Height);

/// <summary>A class of a COCO file.</summary>
internal sealed record CocoCategory(long Id, string Name);

/// <summary>An object of a COCO file.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ImageId">The picture.</param>
/// <param name="CategoryId">The class.</param>
/// <param name="Box">As written.</param>
/// <param name="Area">The file's number, usually the area of the mask; the box's where it has none. It decides about small, medium and large.</param>
/// <param name="IsCrowd">A region of many objects.</param>
/// <param name="IsIgnored">The field `ignore`: training leaves the object out; evaluation, as COCO's program, does not look at it.</param>
internal sealed record CocoAnnotation(long Id, long ImageId, long CategoryId, CocoBox Box, double Area, bool IsCrowd, bool IsIgnored);
