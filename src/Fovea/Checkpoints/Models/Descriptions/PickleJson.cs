using System.Text.Json.Nodes;

namespace Fovea.Checkpoints;

/// <summary>The plain part of a `.pt` file as JSON, as the reference itself writes it into safetensors metadata; tensors are left out.</summary>
internal static class PickleJson
{
    /// <summary>The tree below <paramref name="value"/>; it has at most 64 levels.</summary>
    public static JsonNode? Of(CheckpointValue? value) => value switch
    {
        BooleanValue boolean => JsonValue.Create(boolean.Value),
        IntegerValue integer => JsonValue.Create(integer.Value),
        NumberValue number => JsonValue.Create(number.Value),
        TextValue text => JsonValue.Create(text.Text),
        SizeValue size => new JsonArray([.. size.Shape.Dimensions.Select(dimension => (JsonNode)dimension)]),
        SequenceValue sequence => new JsonArray([.. sequence.Items.Select(Of)]),
        DictionaryValue dictionary => OfDictionary(dictionary),
        _ => null,
    };

    private static JsonObject OfDictionary(DictionaryValue dictionary)
    {
        JsonObject json = [];
        foreach ((DictionaryKey key, CheckpointValue item) in dictionary.Items) json[key.ToString()] = Of(item);
        return json;
    }
}
