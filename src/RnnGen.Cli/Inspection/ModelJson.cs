using System.Text.Json.Nodes;
using RnnGen.Formats;
using RnnGen.Runtime;

namespace RnnGen.Cli.Inspection;

/// <summary>Describes a model in JSON.</summary>
internal static class ModelJson
{
    /// <summary>A model.</summary>
    /// <param name="model">The network.</param>
    /// <param name="layout">The same network compiled, which knows its multiply-adds; null to leave them out.</param>
    public static JsonObject Of(ModelDescription model, NetworkLayout? layout = null) => new()
    {
        ["ok"] = true,
        ["source"] = model.Source,
        ["inputSize"] = model.InputSize,
        ["oneHot"] = model.IsOneHot,
        ["outputSize"] = model.OutputSize,
        ["perSequence"] = model.IsPerSequence,
        ["parameters"] = ModelText.ParameterCount(model),
        ["layers"] = new JsonArray([.. model.Layers.Select(layer => Layer(model, layer, layout))]),
        ["outputs"] = Array(model.Outputs.Select(output => output.Name)),
        ["recordings"] = Array(model.Recordings.Select(recording => recording.Name)),
        ["notes"] = Array(model.Notes),
        ["warnings"] = Array(model.Warnings),
    };

    /// <summary>Texts.</summary>
    public static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);

    private static JsonObject Layer(ModelDescription model, ModelLayer layer, NetworkLayout? layout)
    {
        var described = new JsonObject
        {
            ["name"] = layer.Name,
            ["attribute"] = AttributeText.Of(layer.Attribute),
            ["reads"] = Array(layer.Sources.Select(source => ModelText.SourceName(model, source))),
            ["inputSize"] = layer.InputSize,
            ["outputSize"] = layer.OutputSize,
            ["parameters"] = new JsonObject(layer.Tensors.Select(tensor =>
                KeyValuePair.Create(tensor.Name, (JsonNode?)new JsonArray([.. tensor.Shape.Select(size => (JsonNode?)size)])))),
        };
        if (layout is not null)
            described["multiplyAdds"] = LayerTable.MultiplyAdds(layout, layer);
        if (layer.Comment is not null)
            described["from"] = layer.Comment;
        return described;
    }
}
