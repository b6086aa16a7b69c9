namespace RnnGen.Formats.Onnx;

/// <summary>All operators of ONNX that are known. A new one is a method and one line here.</summary>
internal static class Operators
{
    private static readonly Dictionary<string, Operator> Known = new(StringComparer.Ordinal)
    {
        // Values moved about.
        ["Identity"] = new(call => call[0]),
        ["Transpose"] = new(ShapeOperators.Transpose, "perm"),
        ["Squeeze"] = new(ShapeOperators.Squeeze, "axes"),
        ["Unsqueeze"] = new(ShapeOperators.Unsqueeze, "axes"),
        ["Reshape"] = new(ReshapeOperator.Reshape, "allowzero"),
        ["Flatten"] = new(ReshapeOperator.Flatten, "axis"),
        ["Concat"] = new(ShapeOperators.Concat, "axis"),
        ["Slice"] = new(SliceOperators.Slice, "axes", "starts", "ends"),
        ["Gather"] = new(SliceOperators.Gather, "axis"),
        ["OneHot"] = new(SliceOperators.OneHot, "axis"),
        ["Split"] = new(SliceOperators.Split, "axis", "split", "num_outputs"),
        ["Expand"] = new(ShapeOperators.Expand),
        ["Pad"] = new(SliceOperators.Pad, "mode", "pads", "value"),

        // Shapes and constants.
        ["Constant"] = new(ConstantOperators.Constant, "value", "value_float", "value_floats", "value_int", "value_ints"),
        ["ConstantOfShape"] = new(ConstantOperators.ConstantOfShape, "value"),
        ["Shape"] = new(ConstantOperators.Shape, "start", "end"),
        ["Size"] = new(ConstantOperators.Size),
        ["Range"] = new(ConstantOperators.Range),
        ["Cast"] = new(ConstantOperators.Cast, "to", "saturate"),
        ["CastLike"] = new(call => call[0]),
        ["Where"] = new(ConstantOperators.Where),
        ["Not"] = new(ConstantOperators.Not),
        ["Equal"] = new(call => ConstantOperators.Compare(call, (a, b) => a == b)),
        ["Less"] = new(call => ConstantOperators.Compare(call, (a, b) => a < b)),
        ["LessOrEqual"] = new(call => ConstantOperators.Compare(call, (a, b) => a <= b)),
        ["Greater"] = new(call => ConstantOperators.Compare(call, (a, b) => a > b)),
        ["GreaterOrEqual"] = new(call => ConstantOperators.Compare(call, (a, b) => a >= b)),
        ["And"] = new(call => ConstantOperators.Compare(call, (a, b) => a != 0 && b != 0)),
        ["Or"] = new(call => ConstantOperators.Compare(call, (a, b) => a != 0 || b != 0)),

        // Arithmetic.
        ["Add"] = new(call => ArithmeticOperators.Add(call, 1)),
        ["Sub"] = new(call => ArithmeticOperators.Add(call, -1)),
        ["Mul"] = new(ArithmeticOperators.Multiply),
        ["Div"] = new(ArithmeticOperators.Divide),
        ["Sum"] = new(ArithmeticOperators.Sum),
        ["Neg"] = new(ArithmeticOperators.Negate),
        ["Pow"] = new(ArithmeticOperators.Power),
        ["Sqrt"] = new(call => ArithmeticOperators.Function(call, null, Math.Sqrt)),
        ["Reciprocal"] = new(call => ArithmeticOperators.Function(call, null, x => 1 / x)),
        ["Exp"] = new(call => ArithmeticOperators.Function(call, null, Math.Exp)),
        ["Abs"] = new(call => ArithmeticOperators.Function(call, null, Math.Abs)),
        ["ReduceMean"] = new(ReduceOperators.Mean, "axes", "keepdims", "noop_with_empty_axes"),
        ["ReduceSum"] = new(ReduceOperators.Sum, "axes", "keepdims", "noop_with_empty_axes"),
        ["ReduceProd"] = new(ReduceOperators.Product, "axes", "keepdims", "noop_with_empty_axes"),
        ["ReduceMax"] = new(ReduceOperators.Max, "axes", "keepdims", "noop_with_empty_axes"),
        ["GlobalAveragePool"] = new(call => ReduceOperators.Global(call, new MeanPoolAttribute())),
        ["GlobalMaxPool"] = new(call => ReduceOperators.Global(call, new MaxPoolAttribute())),

        // Activations.
        ["Relu"] = new(ActivationOperators.Activation),
        ["Tanh"] = new(ActivationOperators.Activation),
        ["Sigmoid"] = new(ActivationOperators.Activation),
        ["Softplus"] = new(ActivationOperators.Activation),
        ["Softsign"] = new(ActivationOperators.Activation),
        ["LeakyRelu"] = new(ActivationOperators.Activation, "alpha"),
        ["Elu"] = new(ActivationOperators.Activation, "alpha"),
        ["HardSigmoid"] = new(ActivationOperators.Activation, "alpha", "beta"),
        ["PRelu"] = new(ActivationOperators.PRelu),
        ["Clip"] = new(ActivationOperators.Clip, "min", "max"),
        ["Erf"] = new(ActivationOperators.Erf),
        ["Gelu"] = new(ActivationOperators.Gelu, "approximate"),
        ["Softmax"] = new(ActivationOperators.Softmax, "axis"),
        ["Dropout"] = new(ActivationOperators.Dropout, "ratio", "seed"),

        // Layers.
        ["Gemm"] = new(LayerOperators.Gemm, "alpha", "beta", "transA", "transB"),
        ["MatMul"] = new(LayerOperators.MatMul),
        ["Conv"] = new(ConvolutionOperator.Conv, "auto_pad", "dilations", "group", "kernel_shape", "pads", "strides"),
        ["BatchNormalization"] = new(LayerOperators.BatchNormalization, "epsilon", "momentum", "spatial", "training_mode"),
        ["LayerNormalization"] = new(LayerOperators.LayerNormalization, "axis", "epsilon", "stash_type"),
        ["RNN"] = new(RecurrentOperators.Recurrent, RecurrentOperators.Attributes),
        ["LSTM"] = new(RecurrentOperators.Recurrent, [.. RecurrentOperators.Attributes, "input_forget"]),
        ["GRU"] = new(RecurrentOperators.Recurrent, [.. RecurrentOperators.Attributes, "linear_before_reset"]),

        // Of TensorFlow Lite, what ONNX has not.
        ["tflite:UNIDIRECTIONAL_SEQUENCE_LSTM"] = new(SequenceOperators.Lstm, SequenceOperators.Attributes),
        ["tflite:BIDIRECTIONAL_SEQUENCE_LSTM"] = new(SequenceOperators.Lstm, SequenceOperators.Attributes),
        ["tflite:UNIDIRECTIONAL_SEQUENCE_RNN"] = new(SequenceOperators.Rnn, SequenceOperators.Attributes),
        ["tflite:BIDIRECTIONAL_SEQUENCE_RNN"] = new(SequenceOperators.Rnn, SequenceOperators.Attributes),
        ["tflite:FULLY_CONNECTED"] = new(FlattenedOperator.FullyConnected),
        ["tflite:REFUSED"] = new(RefusedOperator.Refuse, RefusedOperator.Reason),
    };

    /// <summary>What a node gives.</summary>
    /// <exception cref="UnsupportedLayerException">It cannot be expressed.</exception>
    public static IReadOnlyList<Knowledge> Compute(GraphRun run, OnnxNode node, IReadOnlyList<Knowledge?> inputs)
    {
        if (inputs.OfType<Refused>().FirstOrDefault() is { } refused && !(run.IsPart && node.Operator == "Shape" && refused.Shape is not null))
            return [.. node.Outputs.Select(_ => new Refused(refused.Cause, ShapeOf(node, inputs)))];
        if (!Known.TryGetValue(node.Domain is "" or "ai.onnx" ? node.Operator : $"{node.Domain}:{node.Operator}", out Operator? known))
            throw new UnsupportedLayerException(node.DisplayName, node.Kind, $"RnnGen has no layer like it{(node.Domain is "" or "ai.onnx" ? "" : $" (domain {Text.Quote(node.Domain)})")}");
        if (node.Attributes.Keys.FirstOrDefault(name => !known.Attributes.Contains(name)) is { } unknown)
            throw new UnsupportedLayerException(node.DisplayName, node.Kind, $"its attribute {Text.Quote(unknown)} is not known here");
        if (inputs.Count > 0 && inputs[0] is Refused { Shape: { } shape })
            return [Tensor.List([.. shape.Select(size => size < 0 ? Cell.Unknown : Cell.Constant(size))])];
        return known.Run(new NodeCall(run, node, [.. inputs.Select(input => input as Tensor)]));
    }

    /// <summary>What is known of the shape that a node gives which cannot be expressed.</summary>
    public static IReadOnlyList<int>? ShapeOf(OnnxNode node, IReadOnlyList<Knowledge?> inputs)
    {
        IReadOnlyList<int>? first = inputs.FirstOrDefault() switch
        {
            Refused refused => refused.Shape,
            Tensor tensor => [.. tensor.Dims.Select(dim => dim.Size)],
            _ => null,
        };
        return node.Operator switch
        {
            "Relu" or "Tanh" or "Sigmoid" or "Sqrt" or "Abs" or "Elu" or "LeakyRelu" => first,
            "Conv" when inputs.Count > 1 && inputs[1] is Tensor { Rank: > 2 } weight => [-1, weight.Dims[0].Size, .. Enumerable.Repeat(-1, weight.Rank - 2)],
            _ => null,
        };
    }

    /// <summary>The shape of what a node reads, as its weights show; null where they do not.</summary>
    public static IReadOnlyList<int>? InputShapeOf(OnnxNode node, IReadOnlyList<Knowledge?> inputs) => (node.Operator, inputs.Skip(1).FirstOrDefault()) switch
    {
        ("LSTM" or "GRU" or "RNN", Tensor { Rank: 3 } weight) => [-1, -1, weight.Dims[2].Size],
        ("Conv", Tensor { Rank: 3 } weight) => [-1, weight.Dims[1].Size, -1],
        ("MatMul", Tensor { Rank: 2 } weight) => [-1, weight.Dims[0].Size],
        ("Gemm", Tensor { Rank: 2 } weight) => [-1, node.Attributes.TryGetValue("transB", out OnnxAttribute? transposed) && transposed.Integer != 0 ? weight.Dims[1].Size : weight.Dims[0].Size],
        _ => null,
    };

    private sealed class Operator(Func<NodeCall, IReadOnlyList<Knowledge>> run, params string[] attributes)
    {
        public Operator(Func<NodeCall, Tensor> run, params string[] attributes)
            : this(call => (IReadOnlyList<Knowledge>)[run(call)], attributes)
        {
        }

        public Func<NodeCall, IReadOnlyList<Knowledge>> Run => run;

        public IReadOnlyList<string> Attributes => attributes;
    }
}
