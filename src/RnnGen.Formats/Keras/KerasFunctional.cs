using System.Text.Json;

namespace RnnGen.Formats.Keras;

/// <summary>A functional model: a graph in which each layer may be called several times, each time with its own copy of the weights here.</summary>
internal sealed class KerasFunctional
{
    // A limit for the passes over what is not yet computed.
    private const int MaxCalls = 2000;

    // A limit for the copies of a layer's weights.
    private const int MaxCopies = 16;

    private readonly JsonElement _config;
    private readonly KerasWeights _weights;
    private readonly KerasNetwork _network;
    private readonly IReadOnlyList<(KerasLayer Layer, IReadOnlyList<JsonElement> Calls)> _layers;
    private readonly Dictionary<KerasTensorName, KerasValue> _values = [];

    public KerasFunctional(JsonElement config, KerasVersion version, KerasWeights weights, KerasNetwork network)
    {
        (_config, _weights, _network) = (config, weights, network);
        IReadOnlyList<JsonElement> entries = KerasJson.List(config, "layers") ?? throw new FormatException("functional model: expected a list of layers, got none");
        _layers = [.. entries.Select(entry => (KerasLayer.Of(entry, version, KerasJson.Text(entry, "name")), Calls(entry)))];
        if (_layers.Select(layer => layer.Layer.Name).Distinct(StringComparer.Ordinal).Count() < _layers.Count)
            throw new FormatException("functional model: expected layers of different names, got two of one name");
        if (_layers.FirstOrDefault(layer => layer.Calls.Count > MaxCopies).Layer is { } shared)
            throw shared.Refuse($"it is called more than {MaxCopies} times, and each call needs a copy of its weights");
        if (_layers.Sum(layer => layer.Calls.Count) > MaxCalls)
            throw new FormatException($"functional model: expected at most {MaxCalls} calls of layers, got {_layers.Sum(layer => layer.Calls.Count)}");
    }

    /// <summary>Reads it.</summary>
    public ModelDescription Read()
    {
        foreach ((KerasLayer layer, _) in _layers.Where(layer => !KerasMasks.Kinds.Contains(layer.Layer.Kind)))
            KerasLayers.Check(layer);
        var left = new List<(KerasLayer Layer, int Number, KerasArguments Arguments)>();
        foreach ((KerasLayer layer, IReadOnlyList<JsonElement> calls) in _layers)
            left.AddRange(calls.Select((call, number) => (layer, number, KerasArguments.Of(layer, call))));
        _weights.Check(InOrder(left));
        ReadInput();
        while (left.Count > 0)
        {
            int before = left.Count;
            left.RemoveAll(call => call.Arguments.Reads.All(_values.ContainsKey) && Apply(call.Layer, call.Number, call.Arguments));
            if (left.Count == before)
                throw new FormatException($"{left[0].Layer.Kind} {Text.Quote(left[0].Layer.Name)}: it reads {Text.Shorten(string.Join(", ", left[0].Arguments.Tensors))}, which nothing computes");
        }

        KerasValue[] outputs = [.. KerasTensorName.List(_config, "output_layers").Select(name =>
            _values.TryGetValue(name, out KerasValue? value) ? value : throw new FormatException($"output_layers: expected the output of a layer, got {name}"))];
        return outputs.Length > 0 ? _network.Describe(outputs) : throw new FormatException("output_layers: expected at least one, got none");
    }

    private static IReadOnlyList<JsonElement> Calls(JsonElement entry) => KerasJson.List(entry, "inbound_nodes") ?? throw new FormatException("functional model: expected inbound_nodes of each layer, got none");

    /// <summary>The layers in Keras's order, whatever the configuration's; after them those that no output needs.</summary>
    private IReadOnlyList<KerasLayer> InOrder(IReadOnlyList<(KerasLayer Layer, int Number, KerasArguments Arguments)> calls)
    {
        var layers = _layers.ToDictionary(layer => layer.Layer.Name, layer => layer.Layer, StringComparer.Ordinal);
        var arguments = calls.ToDictionary(call => (call.Layer, call.Number), call => call.Arguments);
        IReadOnlyList<KerasLayer> needed = KerasOrder.Of(
            Named(KerasTensorName.List(_config, "output_layers")), call => arguments.TryGetValue(call, out KerasArguments? read) ? Named(read.Reads) : []);
        return [.. needed, .. layers.Values.Except(needed)];

        IEnumerable<(KerasLayer Layer, int Call)> Named(IEnumerable<KerasTensorName> names) => names.Where(name => layers.ContainsKey(name.Layer)).Select(name => (layers[name.Layer], name.Call));
    }

    private void ReadInput()
    {
        IReadOnlyList<KerasTensorName> inputs = KerasTensorName.List(_config, "input_layers");
        if (inputs.Count != 1)
            throw new UnsupportedLayerException(inputs.Count > 1 ? inputs[1].Layer : "model", "InputLayer", $"the model has {inputs.Count} inputs, expected one");
        KerasLayer layer = _layers.FirstOrDefault(layer => layer.Layer.Name == inputs[0].Layer).Layer ?? throw new FormatException($"input_layers: expected a layer, got {inputs[0]}");
        if (layer.Kind != "InputLayer")
            throw layer.Refuse("it is the model's input, expected an InputLayer");
        _values.Add(inputs[0] with { Call = 0, Output = 0 }, KerasModel.Input(layer.Take("batch_shape", "batch_input_shape") ?? throw new FormatException($"InputLayer {Text.Quote(layer.Name)}: expected a shape, got none")));
    }

    private bool Apply(KerasLayer layer, int number, KerasArguments arguments)
    {
        if (number > 0 && layer.Take("stateful") is { ValueKind: JsonValueKind.True })
            throw layer.Refuse("it is stateful and called several times");
        KerasValue[] own = [.. arguments.Tensors.Select(name => _values[name])], inputs = arguments.Mask is { } mask ? [KerasMasks.With(layer, own, _values[mask])] : own;
        KerasModel.CheckType(layer, _network);
        KerasValue? computed = KerasMasks.Apply(layer, inputs, arguments, _network);
        if (computed is null && arguments.Number is { } surplus)
            throw layer.Refuse(FormattableString.Invariant($"it is called with the number {surplus}, expected tensors"));
        KerasValue value = computed ?? KerasLayers.Apply(new KerasCall(layer, inputs, new KerasTensors(layer.Name, _weights.Of(layer)), _network));
        _values.Add(new KerasTensorName(layer.Name, number, 0), arguments.Mask is null ? value : KerasMasks.Behind(value, own[0]));
        return true;
    }
}
