// The objects of pictures, by a detector that fovea-train detect trained: dotnet run --project samples/FindObjects -- RUN|FILE.onnx PICTURE...
using Fovea;

if (args.Length < 2)
{
    Console.Error.WriteLine("FindObjects: name a detector (a run folder or an .onnx file) and pictures.");
    return 2;
}
using ObjectDetector detector = await ObjectDetector.LoadAsync(args[0]);
foreach (string path in args[1..])
{
    ImageDetections found = detector.Detect(path);
    Console.WriteLine($"{path}: {found.Objects.Count} objects in {found.Size.Width} x {found.Size.Height} pixels");
    foreach (DetectedObject one in found.Objects) Console.WriteLine($"  {one.ClassName} {one.Score:F2} at ({one.Box.Left:F0}, {one.Box.Top:F0}), {one.Box.Width:F0} x {one.Box.Height:F0}");
}
return 0;
