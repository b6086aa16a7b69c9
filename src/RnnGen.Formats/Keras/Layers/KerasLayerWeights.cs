namespace RnnGen.Formats.Keras;

/// <summary>Weights of Keras for layers of RnnGen's that exist: what class they are there, and how their parameters are made of its weights.</summary>
internal static class KerasLayerWeights
{
    /// <summary>The class in Keras.</summary>
    /// <exception cref="UnsupportedLayerException">Keras has none, or none with these options.</exception>
    public static string Kind(ModelLayer layer) => layer.Attribute switch
    {
        RecurrentLayerAttribute { LearnedState: true } or RecurrentLayerAttribute { LayerNorm: true } or LstmAttribute { Peephole: true } or LstmAttribute { Projection: > 0 } or CellAttribute =>
            throw new UnsupportedLayerException(layer.Name, LayerNames.Kind(layer.Attribute), "Keras has no layer with these parameters"),
        RecurrentLayerAttribute { Direction: Direction.Bidirectional } => "Bidirectional",
        LstmAttribute => "LSTM",
        GruAttribute => "GRU",
        RnnAttribute => "SimpleRNN",
        DenseAttribute => "Dense",
        Conv1DAttribute => "Conv1D",
        EmbeddingAttribute => "Embedding",
        LayerNormAttribute => "LayerNormalization",
        _ => throw new UnsupportedLayerException(layer.Name, LayerNames.Kind(layer.Attribute), "Keras has no such layer"),
    };

    /// <summary>The layer's parameters.</summary>
    public static IReadOnlyList<(string Parameter, float[] Values)> Parameters(ModelLayer layer, KerasTensors weights)
    {
        IReadOnlyList<(string, float[])> parameters = [.. Taken(layer, weights)];
        weights.End();
        return parameters;
    }

    private static IEnumerable<(string Parameter, float[] Values)> Taken(ModelLayer layer, KerasTensors weights)
    {
        int inputs = layer.InputSize;
        switch (layer.Attribute)
        {
            case RecurrentLayerAttribute recurrent:
                return LayerShapes.Suffixes(recurrent).SelectMany(suffix => Recurrent(recurrent).Parameters(weights, inputs, suffix));
            case DenseAttribute dense:
                return WithBias(weights, dense.Units, dense.Bias, weights.Next("a kernel", inputs, dense.Units).Transposed(inputs, dense.Units));
            case Conv1DAttribute convolution:
                int taps = convolution.KernelSize;
                return WithBias(weights, convolution.Units, convolution.Bias, DenseLayers.Taps(weights.Next("a kernel", taps, inputs, convolution.Units), taps, inputs, convolution.Units));
            case EmbeddingAttribute embedding:
                return [("weight", weights.Next("embeddings", inputs, embedding.Units))];
            default:
                return [("weight", weights.Next("gamma", inputs)), ("bias", weights.Next("beta", inputs))];
        }
    }

    private static IReadOnlyList<(string, float[])> WithBias(KerasTensors weights, int units, bool hasBias, float[] weight) =>
        hasBias ? [("weight", weight), ("bias", weights.Next("a bias", units))] : [("weight", weight)];

    private static KerasRecurrent Recurrent(RecurrentLayerAttribute layer)
    {
        string cell = layer switch { LstmAttribute => "LSTM", GruAttribute => "GRU", _ => "SimpleRNN" };
        return new KerasRecurrent(
            cell, LayerShapes.Units(layer), KerasActivation.Linear, KerasActivation.Linear, layer.Bias, (layer as GruAttribute)?.Reset ?? ResetGate.BeforeProduct, false, false, true);
    }
}
