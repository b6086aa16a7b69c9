namespace RnnGen.Formats.Tests.Onnx;

/// <summary>Graphs around recurrent operators, as exporters write them.</summary>
internal static class GraphCases
{
    /// <summary>Whole graphs of sequences.</summary>
    public static readonly Dictionary<string, Func<OnnxFileBuilder>> All = new()
    {
        ["Two directions, axes moved about"] = () => Torch().Node("MatMul", "back V", "p").Node("Add", "p v", "out").Output("out", -1, -1, 2),
        ["Last time step of both directions"] = () => StepOfBoth(-1),
        ["Squeezed direction"] = () => SqueezedDirection().Output("out", -1, -1, 2),
        ["Last step"] = () => LastStep().Output("out", -1, 2),
        ["Centred convolution"] = () => Convolutions(1, 1).Output("out", -1, 5, -1),
        ["Causal convolution"] = () => Convolutions(2, 0).Output("out", -1, 5, -1),
        ["GRU, clipped"] = () => new OnnxFileBuilder().Input("x", -1, -1, 3).Weights("W", 1, 12, 3).Weights("R", 1, 12, 4).Weights("B", 1, 24)
            .Node("GRU", ["x", "W", "R", "B"], ["Y"], ("hidden_size", 4), ("linear_before_reset", 1), ("clip", 0.3f)).Output("Y", -1, 1, -1, 4),
        ["RNN, clipped"] = () => new OnnxFileBuilder().Input("x", -1, -1, 3).Weights("W", 1, 4, 3).Weights("R", 1, 4, 4).Weights("B", 1, 8)
            .Node("RNN", ["x", "W", "R", "B"], ["Y"], ("hidden_size", 4), ("clip", 0.3f)).Output("Y", -1, 1, -1, 4),
        ["GRU, reset before"] = () => Gru(after: 0).Output("Y", -1, 1, -1, 4),
        ["LSTM, coupled gates and clip"] = () => new OnnxFileBuilder().Input("x", -1, -1, 3).Weights("W", 1, 16, 3).Weights("R", 1, 16, 4).Weights("B", 1, 32).Weights("P", 1, 12)
            .Node("LSTM", ["x", "W", "R", "B", "", "", "", "P"], ["Y"], ("hidden_size", 4), ("input_forget", 1), ("clip", 0.4f)).Output("Y", -1, 1, -1, 4),
        ["LSTM, other activations in reverse"] = () => new OnnxFileBuilder().Input("x", -1, -1, 3).Weights("W", 1, 16, 3).Weights("R", 1, 16, 4).Weights("B", 1, 32)
            .Node("LSTM", ["x", "W", "R", "B"], ["Y"], ("hidden_size", 4), ("direction", "reverse"), ("activations", new[] { "HardSigmoid", "LeakyRelu", "Softsign" }),
                ("activation_alpha", new[] { 0.3f, 0.05f }), ("activation_beta", new[] { 0.4f })).Output("Y", -1, 1, -1, 4),
        ["RNN with Elu, both directions"] = () => new OnnxFileBuilder().Input("x", -1, -1, 3).Weights("W", 2, 4, 3).Weights("R", 2, 4, 4)
            .Node("RNN", ["x", "W", "R"], ["Y"], ("hidden_size", 4), ("direction", "bidirectional"), ("activations", new[] { "Elu", "Elu" }), ("activation_alpha", new[] { 0.7f, 0.7f }))
            .Node("Transpose", "Y", "t", ("perm", new[] { 0, 2, 1, 3 })).Integers("flat", 0, 0, -1).Node("Reshape", "t flat", "out").Output("out", -1, -1, 8),
        ["Layer normalisation, parts of features, subtraction"] = () => new OnnxFileBuilder().Input("x", -1, -1, 6).Weights("g", 6).Weights("o", 6).Weights("W", 1, 4, 3).Weights("R", 1, 4, 4).Weights("V", 3, 4)
            .Node("LayerNormalization", "x g o", "n", ("epsilon", 0.01f), ("axis", -1)).Integers("from", 1).Integers("to", 6).Integers("axis", 2).Integers("two", 2)
            .Node("Slice", "n from to axis two", "odd").Node("RNN", ["odd", "W", "R"], ["Y"], ("hidden_size", 4)).Integers("one", 1).Node("Squeeze", "Y one", "y")
            .Node("MatMul", "odd V", "d").Node("Sub", "d y", "s").Node("Mul", "s s", "q").Scalar("half", 0.5f).Node("Mul", "half q", "out").Output("out", -1, -1, 4),
    };

    /// <summary>PyTorch's: batch first, two directions, axes moved about by shapes that are computed of the input's.</summary>
    public static OnnxFileBuilder Torch() => new OnnxFileBuilder().Input("x", -1, -1, 3).Weights("W", 2, 16, 3).Weights("R", 2, 16, 4).Weights("B", 2, 32).Weights("V", 8, 2).Weights("v", 2)
        .Integers("i0", 0).Integers("i2", 2).Integers("i4", 4).Integers("i00-1", 0, 0, -1)
        .Node("Shape", "x", "s").Node("Gather", "s i0", "n").Node("Concat", "i2 n i4", "zs", ("axis", 0)).Node("ConstantOfShape", "zs", "zeros")
        .Node("Transpose", "x", "xt", ("perm", new[] { 1, 0, 2 }))
        .Node("LSTM", ["xt", "W", "R", "B", "", "zeros", "zeros"], ["Y", "Yh", "Yc"], ("direction", "bidirectional"), ("hidden_size", 4))
        .Node("Transpose", "Y", "Yt", ("perm", new[] { 0, 2, 1, 3 })).Node("Reshape", "Yt i00-1", "all").Node("Transpose", "all", "back", ("perm", new[] { 1, 0, 2 }));

    /// <summary>PyTorch's <c>output[:, step]</c> of two directions, and a head: one answer a sequence.</summary>
    public static OnnxFileBuilder StepOfBoth(int step) => Torch().Integers("step", step).Node("Squeeze", "step", "l").Node("Gather", "back l", "h", ("axis", 1)).Node("Gemm", "h V v", "out").Output("out", -1, 2);

    /// <summary>Files of several graphs, for damage.</summary>
    public static IEnumerable<byte[]> Files => [SqueezedDirection().Output("out", -1, -1, 2).Model(), LastStep().Output("out", -1, 2).Model(), Convolutions(1, 1).Output("out", -1, 5, -1).Model(),
        Padded(pads: false, past: true).Integers("from", -4).Integers("to", int.MaxValue).Integers("axis", 2).Node("Slice", "padded from to axis", "next").Output("next", -1, 3, 4).Model()];

    /// <summary>Y with its axis of directions squeezed, and a product at each step.</summary>
    public static OnnxFileBuilder SqueezedDirection() => Gru().Integers("one", 1).Node("Squeeze", "Y one", "y").Weights("V", 4, 2).Weights("v", 2).Node("MatMul", "y V", "p").Node("Add", "v p", "a").Node("Softmax", "a", "out");

    /// <summary>Y_h and a head: one answer a sequence.</summary>
    public static OnnxFileBuilder LastStep() => Gru().Integers("zero", 0).Node("Squeeze", "Yh zero", "h").Weights("V", 2, 4).Weights("v", 2).Node("Gemm", "h V v", "out", ("transB", 1));

    /// <summary>A convolution over time with padding, and what follows it: channels before steps.</summary>
    public static OnnxFileBuilder Convolutions(int before, int after, int stride = 1, int group = 1) => new OnnxFileBuilder().Input("x", -1, 3, -1).Weights("K", 5, 3, 3).Weights("k", 5)
        .Node("Conv", "x K k", "c", ("kernel_shape", new[] { 3 }), ("pads", new[] { before, after }), ("strides", new[] { stride }), ("group", group))
        .Weights("scale", 5).Weights("offset", 5).Weights("mean", 5).Weights("variance", [5], 1, 2, 3, 4, 5)
        .Node("BatchNormalization", "c scale offset mean variance", "n").Node("LeakyRelu", "n", "out", ("alpha", 0.3f));

    /// <summary>A convolution over steps that Pad, or zeros joined to them, stand around; its past is a state where <paramref name="past"/> says so.</summary>
    public static OnnxFileBuilder Padded(bool pads, bool past = false, int before = 4, int after = 0, int pad = 0)
    {
        OnnxFileBuilder graph = new OnnxFileBuilder().Input("x", -1, 3, -1).Weights("K", 5, 3, 3);
        if (past)
            graph.Input("past", -1, 3, before);
        else
            graph.Weights("past", [1, 3, before], new float[3 * before]);
        return (pads ? graph.Integers("pads", 0, 0, before, 0, 0, after).Node("Pad", "x pads", "padded") : graph.Node("Concat", "past x", "padded", ("axis", 2)))
            .Node("Conv", "padded K", "out", ("dilations", new[] { 2 }), ("pads", new[] { pad, 0 })).Output("out", -1, 5, -1);
    }

    /// <summary>The node alone.</summary>
    public static OnnxFileBuilder Gru(int after = 1) => new OnnxFileBuilder().Input("x", -1, -1, 3).Weights("W", 1, 12, 3).Weights("R", 1, 12, 4).Weights("B", 1, 24)
        .Node("GRU", ["x", "W", "R", "B"], ["Y", "Yh"], ("hidden_size", 4), ("linear_before_reset", after));
}
