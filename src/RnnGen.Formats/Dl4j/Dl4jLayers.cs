using System.Text.Json;

namespace RnnGen.Formats.Dl4j;

/// <summary>What each layer of Deeplearning4j's becomes.</summary>
internal static class Dl4jLayers
{
    private const string Possible = "LSTM, GravesLSTM, GravesBidirectionalLSTM, SimpleRnn, Bidirectional, LastTimeStep, GlobalPoolingLayer, DenseLayer, OutputLayer, RnnOutputLayer, " +
        "EmbeddingLayer, EmbeddingSequenceLayer, ActivationLayer, LossLayer, RnnLossLayer and DropoutLayer can be read";

    /// <summary>The layers that one becomes, in their order; none where inference has no use for it.</summary>
    /// <exception cref="UnsupportedLayerException">RnnGen has none like it.</exception>
    public static IReadOnlyList<Dl4jPart> Read(Dl4jObject layer, Dl4jParameters parameters)
    {
        string kind = layer.Kind.ToLowerInvariant();
        return kind switch
        {
            "frozenlayer" => Read(Inner(layer, "layer"), parameters),
            "frozenlayerwithbackprop" => Read(Inner(layer, "underlying"), parameters),
            "gravesbidirectionallstm" => [Dl4jRecurrent.ReadBidirectional(layer, parameters)],
            _ when Dl4jRecurrent.Is(kind) => [Dl4jRecurrent.Read(layer, parameters)],
            "bidirectional" => Bidirectional(layer, parameters),
            "lasttimestep" => LastTimeStep(layer, parameters),
            "dense" or "denselayer" or "output" or "outputlayer" or "rnnoutput" or "rnnoutputlayer" => [Dense(layer, parameters)],
            "embedding" or "embeddinglayer" => [Embedding(layer, parameters, hasBias: true)],
            "embeddingsequencelayer" => [Embedding(layer, parameters, hasBias: false)],
            "globalpooling" or "globalpoolinglayer" => [Pooling(layer)],
            "activation" or "activationlayer" or "loss" or "losslayer" or "rnnlosslayer" => Alone(layer),
            "dropout" or "dropoutlayer" => [],
            _ => throw new UnsupportedLayerException(layer.Name, layer.Kind, "RnnGen has no layer like it", Possible),
        };
    }

    /// <summary>A vector once per sequence from a layer for each direction, or a vector per step.</summary>
    private static IReadOnlyList<Dl4jPart> Bidirectional(Dl4jObject layer, Dl4jParameters parameters)
    {
        string mode = layer.Word("mode", "CONCAT");
        Merge merge = mode switch
        {
            "CONCAT" => Merge.Concat,
            "ADD" => Merge.Sum,
            "AVERAGE" => Merge.Average,
            "MUL" => Merge.Multiply,
            _ => throw layer.Unsupported($"its mode is {Text.Quote(mode)}"),
        };
        Dl4jObject forward = layer.Object("fwd"), backward = layer.Object("bwd");
        layer.CheckRest();

        // Each direction's own last step, after it has seen the whole sequence: RnnGen's last step of both.
        bool last = forward.Kind == "LastTimeStep" && backward.Kind == "LastTimeStep";
        if (last)
            (forward, backward) = (Inner(forward, "underlying"), Inner(backward, "underlying"));
        if (!Dl4jRecurrent.Is(forward.Kind) || forward.Kind != backward.Kind || forward.Kind.Contains("Bidirectional", StringComparison.OrdinalIgnoreCase))
            throw layer.Unsupported($"its directions are {Text.Quote(forward.Kind)} and {Text.Quote(backward.Kind)}, expected two layers of one recurrent class");
        Dl4jPart both = Dl4jRecurrent.Read(forward, backward, merge, parameters);
        return last ? [both, LastStep(layer.Kind)] : [both];
    }

    private static IReadOnlyList<Dl4jPart> LastTimeStep(Dl4jObject layer, Dl4jParameters parameters) => [.. Read(Inner(layer, "underlying"), parameters), LastStep(layer.Kind)];

    private static Dl4jPart LastStep(string kind) => Dl4jPart.Of(kind, (from, isOutput) => new LastStepAttribute { From = from, IsOutput = isOutput });

    private static Dl4jObject Inner(Dl4jObject layer, string option)
    {
        Dl4jObject inner = layer.Object(option);
        layer.CheckRest();
        return inner;
    }

    private static Dl4jPart Dense(Dl4jObject layer, Dl4jParameters parameters)
    {
        (int inputs, int units) = (layer.Size("nIn"), layer.Size("nOut"));
        (Activation activation, float alpha) = Dl4jActivation.Of(layer, "activationFn", "activationFunction");
        bool bias = layer.Flag("hasBias", true);
        if (layer.Flag("hasLayerNorm", false))
            throw layer.Unsupported("it is normalised");
        layer.CheckRest();
        return Dense(layer.Kind, inputs, units, activation, alpha, parameters.Take((long)inputs * units), bias ? parameters.Take(units) : null);
    }

    private static Dl4jPart Dense(string kind, int inputs, int units, Activation activation, float alpha, float[] weight, float[]? bias) => new(
        inputs,
        (from, isOutput) => new DenseAttribute(units, activation) { ActivationAlpha = alpha, Bias = bias is not null, From = from, IsOutput = isOutput },
        bias is null ? [("weight", weight)] : [("weight", weight), ("bias", bias)],
        kind);

    /// <summary>An embedding; one with a bias or an activation is a dense layer over classes.</summary>
    private static Dl4jPart Embedding(Dl4jObject layer, Dl4jParameters parameters, bool hasBias)
    {
        (int classes, int units) = (layer.Size("nIn"), layer.Size("nOut"));
        (Activation activation, float alpha) = Dl4jActivation.Of(layer, "activationFn", "activationFunction");
        hasBias = layer.Flag("hasBias", hasBias);
        layer.CheckRest();
        float[] weight = parameters.Take((long)classes * units);
        float[]? bias = hasBias ? parameters.Take(units) : null;
        return bias is null && activation == Activation.Linear
            ? new(classes, (from, isOutput) => new EmbeddingAttribute(units) { From = from, IsOutput = isOutput }, [("weight", weight.Transposed(units, classes))], layer.Kind)
            : Dense(layer.Kind, classes, units, activation, alpha, weight, bias);
    }

    private static Dl4jPart Pooling(Dl4jObject layer)
    {
        string type = layer.Word("poolingType", "MAX");
        if (!layer.Flag("collapseDimensions", true))
            throw layer.Unsupported("it does not collapse the dimension of time");
        if (layer.Find("poolingDimensions") is { } dimensions && (dimensions.ValueKind != JsonValueKind.Array || dimensions.GetRawText().Trim('[', ']', ' ') != "2"))
            throw layer.Unsupported("it does not pool over time");
        layer.CheckRest();
        return type switch
        {
            "AVG" => Dl4jPart.Of(layer.Kind, (from, isOutput) => new MeanPoolAttribute { From = from, IsOutput = isOutput }),
            "MAX" => Dl4jPart.Of(layer.Kind, (from, isOutput) => new MaxPoolAttribute { From = from, IsOutput = isOutput }),
            _ => throw layer.Unsupported($"its pooling is {Text.Quote(type)}, expected AVG or MAX"),
        };
    }

    private static IReadOnlyList<Dl4jPart> Alone(Dl4jObject layer)
    {
        (Activation activation, float alpha) = Dl4jActivation.Of(layer, "activationFn", "activationFunction");
        layer.CheckRest();
        return activation == Activation.Linear
            ? []
            : [Dl4jPart.Of(layer.Kind, (from, isOutput) => new ActivationAttribute(activation) { ActivationAlpha = alpha, From = from, IsOutput = isOutput })];
    }
}
