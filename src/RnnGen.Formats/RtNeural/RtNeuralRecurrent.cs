namespace RnnGen.Formats.RtNeural;

/// <summary>
/// RTNeural's recurrent layers, which are Keras's: kernel <c>[in, gates · units]</c>, recurrent kernel, and a bias; an LSTM's gates are i f c o, those of a GRU,
/// whose reset gate stands after the product, z r h with two biases.
/// </summary>
internal static class RtNeuralRecurrent
{
    public static void Add(ModelBuilder builder, JsonValue json, string type, int units)
    {
        // RTNeural computes tanh whatever the file says.
        if (json.Find("activation")?.Text() is { Length: > 0 } activation and not "tanh")
            throw new UnsupportedLayerException(json.Path, type, $"its activation is {Text.Quote(activation)}, expected tanh");
        int gates = type == "lstm" ? 4 : 3, rows = checked(gates * units), inputs = builder.Size;
        IReadOnlyList<JsonValue> weights = json.Get("weights").Items(3);
        if (weights[0].Items().FirstOrDefault()?.Items().Count is { } columns && columns != rows)
            throw weights[0].Wrong($"expected {rows} columns, {gates} gates of the {units} units that the layer's shape states, got {columns}");
        float[] kernel = weights[0].Singles(inputs, rows).Transposed(inputs, rows), recurrent = weights[1].Singles(units, rows).Transposed(units, rows);
        string comment = $"{type} {json.Path}";
        if (type == "lstm")
        {
            builder.Add(new LstmAttribute(units), comment, ("weight_ih", kernel), ("weight_hh", recurrent), ("bias_ih", weights[2].Singles(rows)), ("bias_hh", new float[rows]));
            return;
        }

        float[] biases = weights[2].Singles(2, rows);
        builder.Add(
            new GruAttribute(units),
            comment,
            ("weight_ih", kernel.Reordered("zrn", "rzn")),
            ("weight_hh", recurrent.Reordered("zrn", "rzn")),
            ("bias_ih", biases.Part(0, rows).Reordered("zrn", "rzn")),
            ("bias_hh", biases.Part(rows, rows).Reordered("zrn", "rzn")));
    }
}
