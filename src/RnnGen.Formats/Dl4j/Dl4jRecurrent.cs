namespace RnnGen.Formats.Dl4j;

/// <summary>
/// <c>LSTM</c>, <c>GravesLSTM</c> (with peepholes), <c>SimpleRnn</c>, and their bidirectional forms. Gates of the LSTMs lie in the order candidate, forget, output,
/// input; peepholes are three more columns of the recurrent matrix: forget, output, input. There is one bias; RnnGen's second is 0.
/// </summary>
internal static class Dl4jRecurrent
{
    private const string Gates = "gfoi", OurGates = "ifgo", Peepholes = "foi", OurPeepholes = "ifo";

    /// <summary>Whether a layer is one of them, without a wrapper.</summary>
    public static bool Is(string kind) => Kind(kind) is not null;

    /// <summary>A layer, in one direction.</summary>
    /// <exception cref="UnsupportedLayerException">It has an option that RnnGen has not.</exception>
    public static Dl4jPart Read(Dl4jObject layer, Dl4jParameters parameters) => Read(layer, parameters, Direction.Forward, default);

    /// <summary>Two layers, one for each direction.</summary>
    /// <exception cref="UnsupportedLayerException">They differ.</exception>
    public static Dl4jPart Read(Dl4jObject forward, Dl4jObject backward, Merge merge, Dl4jParameters parameters)
    {
        Dl4jPart one = Read(forward, parameters, Direction.Bidirectional, merge), other = Read(backward, parameters, Direction.Bidirectional, merge);
        if (AttributeText.Of(one.Layer(null, false)) != AttributeText.Of(other.Layer(null, false)) || one.Inputs != other.Inputs)
            throw forward.Unsupported("its two directions differ");
        return one with { Parameters = [.. one.Parameters, .. other.Parameters.Select(parameter => (parameter.Parameter + "_reverse", parameter.Values))] };
    }

    /// <summary><c>GravesBidirectionalLSTM</c>: both directions of one configuration, summed.</summary>
    public static Dl4jPart ReadBidirectional(Dl4jObject layer, Dl4jParameters parameters) => Read(layer, layer, Merge.Sum, parameters);

    private static Dl4jPart Read(Dl4jObject layer, Dl4jParameters parameters, Direction direction, Merge merge)
    {
        (int inputs, int units) = (layer.Size("nIn"), layer.Size("nOut"));
        (Activation activation, float alpha) = Dl4jActivation.Of(layer, "activationFn", "activationFunction");
        if (Kind(layer.Kind) == typeof(RnnAttribute))
        {
            if (layer.Flag("hasLayerNorm", false))
                throw layer.Unsupported("it is normalised");
            layer.CheckRest();
            float[] own = parameters.Take((long)inputs * units), recurrent = parameters.Take((long)units * units), offset = parameters.Take(units);
            return new(
                inputs,
                (from, isOutput) => new RnnAttribute(units) { Activation = activation, ActivationAlpha = alpha, Direction = direction, Merge = merge, From = from, IsOutput = isOutput },
                [("weight_ih", own), ("weight_hh", recurrent), ("bias_ih", offset), ("bias_hh", new float[units])],
                layer.Kind);
        }

        bool peephole = layer.Kind.StartsWith("graves", StringComparison.OrdinalIgnoreCase);
        (Activation gate, float gateAlpha) = layer.Find("gateActivationFn") is null ? (Activation.Sigmoid, 0) : Dl4jActivation.Of(layer, "gateActivationFn");
        layer.CheckRest();
        long rows = 4L * units;
        float[] weight = parameters.Take(rows * inputs), state = parameters.Take(rows * units);
        float[] peepholes = peephole ? parameters.Take(3L * units) : [], bias = parameters.Take(rows);
        return new(
            inputs,
            (from, isOutput) => new LstmAttribute(units)
            {
                Peephole = peephole,
                GateActivation = gate,
                GateAlpha = gateAlpha,
                CandidateActivation = activation,
                CandidateAlpha = alpha,
                CellActivation = activation,
                CellAlpha = alpha,
                Direction = direction,
                Merge = merge,
                From = from,
                IsOutput = isOutput,
            },
            [("weight_ih", weight.Reordered(Gates, OurGates)), ("weight_hh", state.Reordered(Gates, OurGates)), ("bias_ih", bias.Reordered(Gates, OurGates)), ("bias_hh", new float[rows]),
                .. peephole ? new[] { ("peephole", peepholes.Reordered(Peepholes, OurPeepholes)) } : []],
            layer.Kind);
    }

    private static Type? Kind(string kind) => kind.ToLowerInvariant() switch
    {
        "lstm" or "graveslstm" or "gravesbidirectionallstm" => typeof(LstmAttribute),
        "simplernn" => typeof(RnnAttribute),
        _ => null,
    };
}
