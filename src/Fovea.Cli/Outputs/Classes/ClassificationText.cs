using System.Globalization;
using System.Text;
using Fovea.Cli.CommandLine;

namespace Fovea.Cli.Outputs.Classes;

/// <summary>For people: the name of each picture, and below it a line per class with its probability. Names cannot do anything to the terminal.</summary>
internal sealed class ClassificationText(OutputFile file, int top) : ClassificationWriter(file, top)
{
    private readonly OutputFile _file = file;

    protected override void WritePicture(ImageClassification picture, IEnumerable<ClassProbability> classes)
    {
        StringBuilder text = new($"{OneLine.Of(picture.Name)}\n");
        foreach ((_, string name, double probability) in classes) text.Append(CultureInfo.InvariantCulture, $"  {probability:F4}  {OneLine.Of(name)}\n");
        _file.Stream.Write(Encoding.UTF8.GetBytes(text.ToString()));
        _file.Stream.Flush();
    }
}
