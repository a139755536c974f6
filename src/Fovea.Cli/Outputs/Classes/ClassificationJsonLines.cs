using System.Text.Json;

namespace Fovea.Cli.Outputs.Classes;

/// <summary>One JSON object per line and picture: `{"sample":"a.jpg","classes":[{"index":1,"name":"Barn owl","probability":0.75}]}`.</summary>
internal sealed class ClassificationJsonLines(OutputFile file, int top) : ClassificationWriter(file, top)
{
    private readonly JsonLines _lines = new(file);

    protected override void WritePicture(ImageClassification picture, IEnumerable<ClassProbability> classes)
    {
        Utf8JsonWriter json = _lines.Begin(picture.Name, picture.Label);
        json.WriteStartArray("classes"u8);
        foreach ((int index, string name, double probability) in classes)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, index);
            json.WriteString("name"u8, name);
            json.WriteNumber("probability"u8, probability);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        _lines.End();
    }

    public override void Dispose()
    {
        _lines.Dispose();
        base.Dispose();
    }
}
