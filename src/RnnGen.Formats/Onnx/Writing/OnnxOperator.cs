namespace RnnGen.Formats.Onnx.Writing;

/// <summary>ONNX's own recurrent operators, for the options that they have.</summary>
internal sealed class OnnxOperator
{
    private readonly ModelLayer _layer;
    private readonly RecurrentLayerAttribute _options;
    private readonly string _operation, _gates, _order;
    private readonly IReadOnlyList<(Activation Activation, float Alpha, float Beta)> _activations;

    private OnnxOperator(ModelLayer layer, string operation, string gates, string order, params IReadOnlyList<(Activation, float, float)> activations)
    {
        (_layer, _options, _operation, _gates, _order, _activations) = (layer, (RecurrentLayerAttribute)layer.Attribute, operation, gates, order, activations);
    }

    /// <summary>The operator that computes the same as a layer; null where there is none.</summary>
    public static OnnxOperator? Of(ModelLayer layer)
    {
        OnnxOperator? found = layer.Attribute switch
        {
            RnnAttribute rnn => new(layer, "RNN", "h", "h", (rnn.Activation, rnn.ActivationAlpha, rnn.ActivationBeta)),
            GruAttribute gru => new(layer, "GRU", "rzn", "zrn", (gru.GateActivation, gru.GateAlpha, gru.GateBeta), (gru.CandidateActivation, gru.CandidateAlpha, gru.CandidateBeta)),
            LstmAttribute { Projection: 0, CellClip: 0 } lstm => new(
                layer, "LSTM", "ifgo", "iofg", (lstm.GateActivation, lstm.GateAlpha, lstm.GateBeta),
                (lstm.CandidateActivation, lstm.CandidateAlpha, lstm.CandidateBeta), (lstm.CellActivation, lstm.CellAlpha, lstm.CellBeta)),
            _ => null,
        };
        return found is not null && !found._options.LayerNorm && found._activations.All(activation => OnnxActivations.IsOfRecurrent(activation.Activation)) ? found : null;
    }

    /// <summary>Adds the node.</summary>
    /// <param name="graph">Receives it.</param>
    /// <param name="rows">What it reads, <c>[steps, batch, size]</c>.</param>
    /// <param name="first">The first states, <c>[directions, batch, size]</c>.</param>
    /// <returns>The outputs <c>[steps, directions, batch, size]</c> and the states <c>[directions, batch, size]</c>.</returns>
    public (string All, IReadOnlyList<string> Last) Add(OnnxGraph graph, string rows, IReadOnlyList<string> first)
    {
        int units = LayerShapes.Units(_options), height = _gates.Length * units, directions = LayerShapes.Suffixes(_options).Count;
        List<string> inputs =
        [
            rows,
            graph.Constant($"{_layer.Name}.W", [directions, height, _layer.InputSize], All("weight_ih")),
            graph.Constant($"{_layer.Name}.R", [directions, height, units], All("weight_hh")),
            _options.Bias ? graph.Constant($"{_layer.Name}.B", [directions, 2 * height], All("bias_ih", "bias_hh")) : "",
            "", // every sequence is as long as the input
            .. first,
        ];
        if (_options is LstmAttribute { Peephole: true })
            inputs.Add(graph.Constant($"{_layer.Name}.P", [directions, 3 * units], Peepholes()));
        List<string> outputs = [graph.Fresh(_layer.Name), .. first.Select(_ => graph.Fresh(_layer.Name))];
        graph.Node(_operation, inputs, [.. Attributes(units, directions)], outputs);
        return (outputs[0], outputs[1..]);
    }

    private IEnumerable<OnnxAttribute> Attributes(int units, int directions)
    {
        yield return OnnxAttribute.Of("hidden_size", units);
        yield return OnnxAttribute.Of("direction", _options.Direction.ToString().ToLowerInvariant());
        if (_options.Clip != 0)
            yield return OnnxAttribute.Of("clip", _options.Clip);
        if (_options is GruAttribute gru)
            yield return OnnxAttribute.Of("linear_before_reset", gru.Reset == ResetGate.AfterProduct ? 1 : 0);
        if (_options is LstmAttribute { CoupledGates: true })
            yield return OnnxAttribute.Of("input_forget", 1);

        // α and β are listed for the functions that have one, in their order.
        var all = Enumerable.Repeat(_activations, directions).SelectMany(activation => activation).ToList();
        var constants = all.ConvertAll(activation => OnnxActivations.ConstantsOfRecurrent(activation.Activation, activation.Alpha, activation.Beta));
        yield return OnnxAttribute.Of("activations", (IReadOnlyList<string>)[.. all.Select(activation => OnnxActivations.NameOfRecurrent(activation.Activation))]);
        if (constants.Any(pair => pair.Alpha is not null))
            yield return OnnxAttribute.Of("activation_alpha", (IReadOnlyList<float>)[.. constants.Select(pair => pair.Alpha).OfType<float>()]);
        if (constants.Any(pair => pair.Beta is not null))
            yield return OnnxAttribute.Of("activation_beta", (IReadOnlyList<float>)[.. constants.Select(pair => pair.Beta).OfType<float>()]);
    }

    private float[] All(params IReadOnlyList<string> parameters) =>
        [.. LayerShapes.Suffixes(_options).SelectMany(suffix => parameters.SelectMany(parameter => _layer.Find(parameter + suffix)!.Values.Reordered(_gates, _order)))];

    private float[] Peepholes() => [.. LayerShapes.Suffixes(_options).SelectMany(suffix => _layer.Find("peephole" + suffix)!.Values.Reordered("ifo", "iof"))];
}
