using Fovea.Training.Annotations;

namespace Fovea.Training.Evaluation;

/// <summary>Intersection over union as COCO's program computes it: sides are differences of edges, never with a pixel added.</summary>
internal static class BoxOverlap
{
    /// <param name="detection">A detected box.</param>
    /// <param name="truth">An object's box.</param>
    /// <param name="isCrowd">A region of many objects: the share of the detection that lies in it, so that one object of the crowd is no miss.</param>
    /// <returns>0 to 1; 0 for boxes that touch only.</returns>
    public static double Of(CocoBox detection, CocoBox truth, bool isCrowd)
    {
        double width = Math.Min(detection.X + detection.Width, truth.X + truth.Width) - Math.Max(detection.X, truth.X);
        if (width <= 0) return 0;
        double height = Math.Min(detection.Y + detection.Height, truth.Y + truth.Height) - Math.Max(detection.Y, truth.Y);
        if (height <= 0) return 0;
        double intersection = width * height;
        return isCrowd ? intersection / detection.Area : intersection / (detection.Area + truth.Area - intersection);
    }
}
