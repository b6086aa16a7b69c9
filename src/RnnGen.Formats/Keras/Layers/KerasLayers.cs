namespace RnnGen.Formats.Keras;

/// <summary>How each class of Keras's layers becomes RnnGen's. A new one is a line here.</summary>
internal static class KerasLayers
{
    private static readonly Dictionary<string, Func<KerasCall, KerasValue>> All = Make();

    /// <summary>Kinds that may stand in a TimeDistributed: those that process steps one by one.</summary>
    private static readonly HashSet<string> PerStep =
    [
        "Dense", "Activation", "ReLU", "LeakyReLU", "ELU", "Softmax", "Dropout", "GaussianNoise", "GaussianDropout", "AlphaDropout", "BatchNormalization", "LayerNormalization", "Normalization", "Rescaling",
    ];

    /// <summary>Refuses a layer of which nothing is known, before its weights are looked for.</summary>
    /// <exception cref="UnsupportedLayerException">RnnGen has none like it.</exception>
    public static void Check(KerasLayer layer)
    {
        if (!All.ContainsKey(layer.Kind))
            throw layer.Refuse(layer.Kind is "Sequential" or "Functional" or "Model" ? "nested models are not supported: put its layers in the model itself" : "RnnGen has no such layer");
    }

    /// <summary>Applies a layer.</summary>
    public static KerasValue Apply(KerasCall call)
    {
        KerasValue value = All[call.Layer.Kind](call);
        call.Weights.End();
        if (value.Skipped < 0)
            call.Network.Zeros.Check(call.Layer, value.Node);
        return value;
    }

    private static Dictionary<string, Func<KerasCall, KerasValue>> Make()
    {
        var all = new Dictionary<string, Func<KerasCall, KerasValue>>(StringComparer.Ordinal);
        Add(RecurrentLayers.One, [.. KerasRecurrent.Kinds]);
        Add(RecurrentLayers.Both, "Bidirectional");
        Add(DenseLayers.Dense, "Dense", "TimeDistributedDense");
        Add(DenseLayers.Convolution, "Conv1D", "Convolution1D", "AtrousConvolution1D");
        Add(DenseLayers.Embedding, "Embedding");
        Add(TimeDistributed, "TimeDistributed");
        Add(NormLayers.Layer, "LayerNormalization");
        Add(NormLayers.Batch, "BatchNormalization");
        Add(NormLayers.Normalization, "Normalization");
        Add(NormLayers.Rescaling, "Rescaling");
        Add(ShapeLayers.Activation, "Activation", "ReLU", "LeakyReLU", "ELU", "Softmax");
        Add(ShapeLayers.Through, "InputLayer", "Dropout", "SpatialDropout1D", "GaussianNoise", "GaussianDropout", "AlphaDropout", "ActivityRegularization", "Identity");
        Add(ShapeLayers.Masking, "Masking");
        Add(ShapeLayers.Flip, "Flip");
        Add(ShapeLayers.Flatten, "Flatten");
        Add(ShapeLayers.Reshape, "Reshape");
        Add(ShapeLayers.Repeat, "RepeatVector");
        Add(ShapeLayers.ZeroPadding, "ZeroPadding1D");
        Add(ShapeLayers.Pool, "GlobalAveragePooling1D", "GlobalMaxPooling1D", "GlobalAvgPool1D", "GlobalMaxPool1D");
        Add(MergeLayers.Merge, "Add", "Multiply", "Concatenate", "Average", "Subtract", "Merge");
        return all;

        void Add(Func<KerasCall, KerasValue> translate, params ReadOnlySpan<string> kinds)
        {
            foreach (string kind in kinds)
                all.Add(kind, translate);
        }
    }

    /// <summary>A layer at each step: as RnnGen's dense layers and activations are anyway.</summary>
    private static KerasValue TimeDistributed(KerasCall call)
    {
        KerasLayer outer = call.Layer;
        KerasLayer inner = KerasLayer.Of(outer.Take("layer") ?? throw new FormatException($"TimeDistributed {Text.Quote(outer.Name)}: expected a layer, got none"), outer.Version, outer.Name);
        outer.Finish();
        if (!PerStep.Contains(inner.Kind))
            throw outer.Refuse($"its layer is of the class {Text.Quote(inner.Kind)}, expected one of {string.Join(", ", PerStep)}");
        KerasValue input = call.Sequence(mixesSteps: false);

        // Within, the axis of the features is one less.
        KerasValue inside = Apply(call with { Layer = inner, Inputs = [input with { Rank = KerasRank.Frame }] });
        return inside with { Rank = KerasRank.Steps };
    }
}
