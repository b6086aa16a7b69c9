using System.Text.Json;

namespace RnnGen.Formats.RtNeural;

/// <summary>
/// Writes RTNeural's JSON of Keras models: a chain of dense layers, causal convolutions, LSTMs, GRUs and activations. RTNeural knows no options beyond those.
/// </summary>
internal sealed class RtNeuralWriter : ModelWriter
{
    /// <inheritdoc/>
    public override string Key => "rtneural";

    /// <inheritdoc/>
    public override string Name => "RTNeural JSON";

    /// <inheritdoc/>
    public override string Extension => ".json";

    /// <inheritdoc/>
    public override void Write(ModelDescription model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        if (model.IsOneHot)
            throw new UnsupportedLayerException(ModelBuilder.Input, "one-hot input", "RTNeural's models read numbers, expected no classes");
        List<RtNeuralOutput> layers = [];
        foreach ((int index, ModelLayer layer) in model.Layers.Index())
        {
            if (layer.Sources is not [var source] || source != index - 1)
                throw Unsupported(layer, "it reads something other than the layer before it; RTNeural's models are one sequence of layers");
            if (layer.Attribute.IsOutput && index != model.Layers.Count - 1)
                throw Unsupported(layer, "its values are an output; RTNeural's models have one, that of the last layer");
            layers.AddRange(RtNeuralOutput.Of(layer));
        }

        if (layers.Count == 0)
            throw new UnsupportedLayerException(model.Layers[0].Name, LayerNames.Kind(model.Layers[0].Attribute), "the network has none of RTNeural's layers");
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        WriteShape(json, "in_shape", model.InputSize);
        json.WriteStartArray("layers");
        foreach (RtNeuralOutput layer in layers)
            Write(json, layer);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>An exception that says why a layer cannot be written.</summary>
    internal static UnsupportedLayerException Unsupported(ModelLayer layer, string reason) => new(layer.Name, LayerNames.Kind(layer.Attribute), reason);

    private static void Write(Utf8JsonWriter json, RtNeuralOutput layer)
    {
        json.WriteStartObject();
        json.WriteString("type", layer.Type);
        json.WriteString("activation", layer.Activation);
        WriteShape(json, "shape", layer.Units);
        if (layer.Convolution is { } convolution)
        {
            WriteOne(json, "kernel_size", convolution.KernelSize);
            WriteOne(json, "dilation", convolution.Dilation);
            json.WriteNumber("groups", 1);
        }

        json.WriteStartArray("weights");
        foreach ((float[] values, int[] shape) in layer.Weights)
            WriteValues(json, values, shape);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Batch and time are of any size.</summary>
    private static void WriteShape(Utf8JsonWriter json, string name, int size)
    {
        json.WriteStartArray(name);
        json.WriteNullValue();
        json.WriteNullValue();
        json.WriteNumberValue(size);
        json.WriteEndArray();
    }

    private static void WriteOne(Utf8JsonWriter json, string name, int value)
    {
        json.WriteStartArray(name);
        json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    private static void WriteValues(Utf8JsonWriter json, ReadOnlySpan<float> values, ReadOnlySpan<int> shape)
    {
        json.WriteStartArray();
        int size = values.Length / shape[0];
        for (int index = 0; index < shape[0]; index++)
        {
            if (shape.Length == 1)
                json.WriteNumberValue(values[index]);
            else
                WriteValues(json, values.Slice(index * size, size), shape[1..]);
        }

        json.WriteEndArray();
    }
}
