namespace Fovea.Training.Runs.Metrics;

/// <summary>What the training of a detector logs beside the figures of every run.</summary>
internal static class DetectionMetrics
{
    public static readonly Metric ClassLoss = new("loss_classes", MetricKind.Training, "Class loss", "", "Focal loss over all places and classes, divided by the places that belong to objects.");
    public static readonly Metric BoxLoss = new("loss_boxes", MetricKind.Training, "Box loss", "", "1 - GIoU of predicted and true boxes, mean over the places that belong to objects: 0 is exact.");
    public static readonly Metric CentreLoss = new("loss_centres", MetricKind.Training, "Centre-ness loss", "", "Cross-entropy of how central a place is in its box; it has a floor well above 0.");
    public static readonly Metric Places = new("places", MetricKind.Training, "Places with objects", "places", "Places of the step's last batch that belong to objects; without any, only background is learned.");

    public static readonly Metric Ap = new("val_ap", MetricKind.Evaluation, "AP", "%", "COCO's average precision on the validation pictures, mean over overlaps from 0.5 to 0.95.");
    public static readonly Metric Ap50 = new("val_ap50", MetricKind.Evaluation, "AP50", "%", "Average precision where half of box and object in common is enough; it chooses the model that serves.");
    public static readonly Metric Ap75 = new("val_ap75", MetricKind.Evaluation, "AP75", "%", "Average precision at an overlap of 0.75: how exact the boxes are.");
    public static readonly Metric Ar100 = new("val_ar100", MetricKind.Evaluation, "AR100", "%", "Share of objects found, mean over overlaps, with 100 detections a picture.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Metric> All { get; } = [ClassLoss, BoxLoss, CentreLoss, Places, Ap, Ap50, Ap75, Ar100];
}
