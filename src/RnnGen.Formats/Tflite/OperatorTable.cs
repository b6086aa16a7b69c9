namespace RnnGen.Formats.Tflite;

/// <summary>All operators that are known, with their tables of options. A new one is a method and one line here.</summary>
internal static class OperatorTable
{
    private static readonly Dictionary<string, Rule> Rules = new(StringComparer.Ordinal)
    {
        // The number of each table of options in the schema's union, and of fields that are known here.
        ["FULLY_CONNECTED"] = new(8, 5, LayerOperators.FullyConnected),
        ["UNIDIRECTIONAL_SEQUENCE_LSTM"] = new(71, 6, SequenceTranslation.Lstm),
        ["BIDIRECTIONAL_SEQUENCE_LSTM"] = new(69, 6, SequenceTranslation.BidirectionalLstm),
        ["UNIDIRECTIONAL_SEQUENCE_RNN"] = new(31, 3, SequenceTranslation.Rnn),
        ["BIDIRECTIONAL_SEQUENCE_RNN"] = new(70, 4, SequenceTranslation.BidirectionalRnn),

        ["LOGISTIC"] = Same("Sigmoid"),
        ["TANH"] = Same("Tanh"),
        ["RELU"] = Same("Relu"),
        ["ELU"] = Same("Elu"),
        ["ABS"] = Same("Abs", 78),
        ["EXP"] = Same("Exp", 33),
        ["NEG"] = Same("Neg", 42),
        ["SQRT"] = Same("Sqrt"),
        ["PRELU"] = Same("PRelu"),
        ["LEAKY_RELU"] = new(75, 1, item => item.Give(item.Add("LeakyRelu", [item.Input(0)], ("alpha", item.Float(0))))),
        ["SOFTMAX"] = new(9, 1, LayerOperators.Softmax),

        ["ADD"] = Fused("Add", 11, 2), // whether scales of 16-bit integers are powers of two is of no concern
        ["SUB"] = Fused("Sub", 28, 2),
        ["MUL"] = Fused("Mul", 21, 1),
        ["DIV"] = Fused("Div", 29, 1),
        ["MEAN"] = new(27, 1, item => LayerOperators.Reduce(item, "ReduceMean")),
        ["SUM"] = new(27, 1, item => LayerOperators.Reduce(item, "ReduceSum")),
        ["REDUCE_MAX"] = new(27, 1, item => LayerOperators.Reduce(item, "ReduceMax")),

        ["RESHAPE"] = new(17, 1, ShapeTranslation.Reshape),
        ["TRANSPOSE"] = new(26, 0, item => item.Give(item.Add("Transpose", [item.Input(0)], ("perm", item.Integers(1))))),
        ["SQUEEZE"] = new(30, 1, ShapeTranslation.Squeeze),
        ["EXPAND_DIMS"] = new(52, 0, item => item.Give(item.Add("Unsqueeze", [item.Input(0)], ("axes", item.Integers(1))))),
        ["CONCATENATION"] = new(10, 2, ShapeTranslation.Concatenation),
        ["PACK"] = new(59, 2, ShapeTranslation.Pack),
        ["UNPACK"] = new(64, 2, ShapeTranslation.Unpack),
        ["SPLIT"] = new(35, 1, ShapeTranslation.Split),
        ["SPLIT_V"] = new(79, 1, ShapeTranslation.SplitV),
        ["GATHER"] = new(23, 2, ShapeTranslation.Gather),
        ["STRIDED_SLICE"] = new(32, 6, StridedSlice.Translate),
        ["SHAPE"] = new(55, 1, item => item.Give(item.Add("Shape", [item.Input(0)]))),
        ["DEQUANTIZE"] = new(38, 0, LayerOperators.Dequantize),
    };

    /// <summary>Adds the nodes that say what an operator does.</summary>
    /// <exception cref="UnsupportedLayerException">None do.</exception>
    public static void Translate(OperatorTranslation item)
    {
        if (!Rules.TryGetValue(item.Item.Kind, out Rule? rule))
            throw item.Refuse("RnnGen has no layer like it");
        if (!item.Item.IsPlain || (item.Item.Options is not null && item.Item.OptionsType != rule.Options))
            throw item.Refuse($"its options are not those of {item.Item.Kind}");
        for (int field = rule.Fields; field < (item.Item.Options?.Count ?? 0); field++)
            if (item.Item.Options!.Value.Has(field))
                throw item.Refuse($"its option {field} is newer than this reader supports");
        RefuseIntegers(item);
        rule.Translate(item);
    }

    /// <summary>Refuses to compute with integers that stand for other numbers; constants of them are read as those numbers.</summary>
    private static void RefuseIntegers(OperatorTranslation item)
    {
        IEnumerable<TfliteTensor> computed = Enumerable.Range(0, item.InputCount).Where(item.Has).Select(item.Tensor).Where(tensor => tensor.Data is null)
            .Concat(Enumerable.Range(0, item.OutputCount).Select(item.OutputTensor));
        foreach (TfliteTensor tensor in computed)
            if (tensor.Type is not (TfliteType.Float32 or TfliteType.Int32 or TfliteType.Int64) || (tensor.Type != TfliteType.Float32 && tensor.Scale is not null))
                throw item.Refuse($"it computes with {Text.Quote(tensor.Name)} of type {tensor.Type}, expected single-precision numbers: graphs that are integers throughout are not read");
    }

    private static Rule Same(string operation, int options = 0) => new(options, 0, item => item.Give(item.Add(operation, Inputs(item))));

    private static Rule Fused(string operation, int options, int fields) => new(options, fields, item => item.StoreActivated(item.Add(operation, Inputs(item)), 0));

    private static string[] Inputs(OperatorTranslation item) => [.. Enumerable.Range(0, item.InputCount).Select(item.Input)];

    private sealed record Rule(int Options, int Fields, Action<OperatorTranslation> Translate);
}
