// The class of every picture of a folder, by a classifier that fovea-train made: dotnet run --project samples/Classify -- RUN FOLDER
using System.Globalization;
using Fovea;

if (args.Length != 2)
{
    Console.Error.WriteLine("Classify: name a run folder or a model file, and a folder of pictures.");
    return 2;
}
using ImageClassifier classifier = ImageClassifier.Load(args[0]);
await foreach (ImageClassification picture in classifier.ClassifyAsync(ImageSource.Folder(args[1]), skipped => Console.Error.WriteLine(skipped.Reason.Message)))
{
    ClassProbability best = picture.Classes[0];
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{best.Probability:F3}  {best.Name,-16} {picture.Name}"));
}
return 0;
