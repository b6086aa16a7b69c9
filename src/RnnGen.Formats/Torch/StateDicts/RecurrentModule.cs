namespace RnnGen.Formats.Torch;

/// <summary><c>LSTM</c>, <c>GRU</c> and <c>RNN</c> with all their layers and directions, and their cells. Rows for each unit of <c>weight_hh</c> say which it is.</summary>
internal static class RecurrentModule
{
    private const int MaxLayers = 64;

    /// <summary>The only thing that such a module may be.</summary>
    /// <exception cref="FormatException">Its tensors do not fit each other.</exception>
    public static ModuleReading Read(StateModule module)
    {
        int count = module.Tensors.Keys.Max(key => key.Layer) + 1;
        if (count > MaxLayers)
            throw new FormatException($"module {module.Title}: expected at most {MaxLayers} layers, got {count}");
        StateTensor first = Tensor(module, 0, "weight_ih");
        List<(LayerAttribute Layer, Func<(string, float[])[]> Parameters)> layers = [];
        int inputs = 0;
        for (int layer = 0; layer < count; layer++)
        {
            int number = layer;
            StateTensor read = Matrix(Tensor(module, layer, "weight_ih"));
            if (layer > 0 && read.Shape[1] != inputs)
                throw new FormatException($"tensor {Text.Quote(read.Name)}: expected {inputs} columns, what the layer before gives, got {read.Shape[1]}");
            RecurrentLayerAttribute attribute = Attribute(module, layer);
            layers.Add((attribute, () => [.. module.Tensors.Where(tensor => tensor.Key.Layer == number).Select(tensor => (tensor.Key.Own, tensor.Value.Values()))]));
            inputs = LayerShapes.OutputSize(attribute, [read.Shape[1]]);
        }

        string kind = layers[0].Layer is LstmAttribute ? "LSTM" : layers[0].Layer is GruAttribute ? "GRU" : "RNN";
        return new ModuleReading(module, first.Name.EndsWith("weight_ih", StringComparison.Ordinal) ? kind + "Cell" : kind, first.Shape[1], inputs, layers);
    }

    private static RecurrentLayerAttribute Attribute(StateModule module, int layer)
    {
        StateTensor state = Matrix(Tensor(module, layer, "weight_hh"));
        StateTensor? projection = module.Tensors.GetValueOrDefault((layer, "weight_hr"));
        int projected = projection is null ? 0 : Matrix(projection).Shape[0];
        int units = projection is null ? state.Shape[1] : projection.Shape[1];
        Direction direction = module.Tensors.ContainsKey((layer, "weight_ih_reverse")) ? Direction.Bidirectional : Direction.Forward;
        bool bias = module.Tensors.ContainsKey((layer, "bias_ih"));
        int gates = units > 0 && state.Shape[0] % units == 0 ? state.Shape[0] / units : 0;
        return (gates, projection) switch
        {
            (4, _) => new LstmAttribute(units) { Direction = direction, Bias = bias, Projection = projected },
            (3, null) => new GruAttribute(units) { Direction = direction, Bias = bias },
            (1, null) => new RnnAttribute(units) { Direction = direction, Bias = bias },
            _ => throw new FormatException($"tensor {Text.Quote(state.Name)}: expected 4, 3 or 1 times {units} rows (LSTM, GRU, RNN), got {Text.Shape(state.Shape)}"),
        };
    }

    private static StateTensor Tensor(StateModule module, int layer, string own) => module.Tensors.GetValueOrDefault((layer, own))
        ?? throw new FormatException($"module {module.Title}: expected a tensor {own} of layer {layer}, got none");

    private static StateTensor Matrix(StateTensor tensor) => tensor.Shape.Count == 2
        ? tensor
        : throw new FormatException($"tensor {Text.Quote(tensor.Name)}: expected a matrix, got {Text.Shape(tensor.Shape)}");
}
