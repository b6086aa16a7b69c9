namespace RnnGen.Formats.Tests.Onnx;

/// <summary>Graphs around recurrent operators, as exporters write them.</summary>
internal static class GraphCases
{
    /// <summary>PyTorch's: batch first, two directions, axes moved about by shapes that are computed of the input's.</summary>
    public static OnnxWriter Torch() => new OnnxWriter().Input("x", -1, -1, 3).Weights("W", 2, 16, 3).Weights("R", 2, 16, 4).Weights("B", 2, 32).Weights("V", 8, 2).Weights("v", 2)
        .Integers("i0", 0).Integers("i2", 2).Integers("i4", 4).Integers("i00-1", 0, 0, -1)
        .Node("Shape", "x", "s").Node("Gather", "s i0", "n").Node("Concat", "i2 n i4", "zs", ("axis", 0)).Node("ConstantOfShape", "zs", "zeros")
        .Node("Transpose", "x", "xt", ("perm", new[] { 1, 0, 2 }))
        .Node("LSTM", ["xt", "W", "R", "B", "", "zeros", "zeros"], ["Y", "Yh", "Yc"], ("direction", "bidirectional"), ("hidden_size", 4))
        .Node("Transpose", "Y", "Yt", ("perm", new[] { 0, 2, 1, 3 })).Node("Reshape", "Yt i00-1", "all").Node("Transpose", "all", "back", ("perm", new[] { 1, 0, 2 }));

    /// <summary>Files of several graphs, for damage.</summary>
    public static IEnumerable<byte[]> Files => [SqueezedDirection().Output("out", -1, -1, 2).Model(), LastStep().Output("out", -1, 2).Model(), Convolutions(1, 1).Output("out", -1, 5, -1).Model()];

    /// <summary>Y with its axis of directions squeezed, and a product at each step.</summary>
    public static OnnxWriter SqueezedDirection() => Gru().Integers("one", 1).Node("Squeeze", "Y one", "y").Weights("V", 4, 2).Weights("v", 2).Node("MatMul", "y V", "p").Node("Add", "v p", "a").Node("Softmax", "a", "out");

    /// <summary>Y_h and a head: one answer a sequence.</summary>
    public static OnnxWriter LastStep() => Gru().Integers("zero", 0).Node("Squeeze", "Yh zero", "h").Weights("V", 2, 4).Weights("v", 2).Node("Gemm", "h V v", "out", ("transB", 1));

    /// <summary>A convolution over time with padding, and what follows it: channels before steps.</summary>
    public static OnnxWriter Convolutions(int before, int after, int stride = 1, int group = 1) => new OnnxWriter().Input("x", -1, 3, -1).Weights("K", 5, 3, 3).Weights("k", 5)
        .Node("Conv", "x K k", "c", ("kernel_shape", new[] { 3 }), ("pads", new[] { before, after }), ("strides", new[] { stride }), ("group", group))
        .Weights("scale", 5).Weights("offset", 5).Weights("mean", 5).Weights("variance", [5], 1, 2, 3, 4, 5)
        .Node("BatchNormalization", "c scale offset mean variance", "n").Node("LeakyRelu", "n", "out", ("alpha", 0.3f));

    /// <summary>The node alone.</summary>
    public static OnnxWriter Gru(int after = 1) => new OnnxWriter().Input("x", -1, -1, 3).Weights("W", 1, 12, 3).Weights("R", 1, 12, 4).Weights("B", 1, 24)
        .Node("GRU", ["x", "W", "R", "B"], ["Y", "Yh"], ("hidden_size", 4), ("linear_before_reset", after));
}
