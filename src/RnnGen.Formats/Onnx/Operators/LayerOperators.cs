namespace RnnGen.Formats.Onnx;

/// <summary>Products with weights, and normalisations.</summary>
internal static class LayerOperators
{
    public static Tensor Gemm(NodeCall call)
    {
        Tensor x = call[0], weight = call[1];
        if (x.Rank != 2 || weight.Rank != 2 || call.Integer("transA", 0) != 0)
            throw call.Refuse("expected two matrices, the first one not transposed");
        double alpha = call.Float("alpha", 1), beta = call.Float("beta", 1);
        bool transposed = call.Integer("transB", 0) != 0;
        float[] rows = call.Weights(weight, "weights");
        (int inputs, int outputs) = transposed ? (weight.Dims[1].Size, weight.Dims[0].Size) : (weight.Dims[0].Size, weight.Dims[1].Size);
        Tensor product = Linear(call, x, transposed ? rows : rows.Transposed(inputs, outputs), inputs, outputs, alpha);
        if (call.Optional(2) is not { } bias || beta == 0)
            return product;
        Tensor scaled = Tensor.Of(bias.Dims, Array.ConvertAll(call.Constants(bias, "biases"), value => beta * value), isInteger: false);
        Tensor sum = ArithmeticOperators.Add(new NodeCall(call.Run, call.Node, [product, scaled]), 1);
        return sum.Rank == product.Rank ? sum : throw call.Refuse("its bias has more axes than its product");
    }

    public static Tensor MatMul(NodeCall call)
    {
        Tensor x = call[0], weight = call[1];
        if (!weight.IsConstant || weight.Rank < 2 || weight.Dims.Take(weight.Rank - 2).Any(dim => dim != Dim.Data(1)))
            throw call.Refuse("expected a product with one constant matrix at the right");
        (int inputs, int outputs) = (weight.Dims[^2].Size, weight.Dims[^1].Size);
        if (x.Rank == 0 || x.Rank < weight.Rank)
            throw call.Refuse("expected as many axes at the left as at the right");
        return Linear(call, x, call.Weights(weight, "weights").Transposed(inputs, outputs), inputs, outputs, 1);
    }

    /// <summary><c>alpha · W x</c> over the last axis.</summary>
    public static Tensor Linear(NodeCall call, Tensor x, float[] weight, int inputs, int outputs, double alpha)
    {
        call.ExpectFeatures(x, x.Rank - 1);
        if (x.Count != inputs)
            throw call.Refuse($"expected {inputs} features, as its weights have, got {x.Count}");
        if (x.IsConstant)
            throw call.Refuse("it multiplies constants, expected features");
        if (alpha != 1)
            weight = Array.ConvertAll(weight, value => (float)(alpha * value));
        var product = new LinearVector(call.Node, outputs, ArithmeticOperators.Computed(call, x), weight);
        return Tensor.Of([.. x.Dims.SkipLast(1), Dim.Data(outputs)], product);
    }

    /// <summary>In inference a factor and a summand for each channel, which is the second axis.</summary>
    public static IReadOnlyList<Knowledge> BatchNormalization(NodeCall call)
    {
        Tensor x = call[0];
        double[] scale = call.Constants(call[1], "scales"), offset = call.Constants(call[2], "offsets"), mean = call.Constants(call[3], "means"), variance = call.Constants(call[4], "variances");
        if (call.Integer("training_mode", 0) != 0)
            throw call.Refuse("it is in training mode, expected inference");
        if (call.Integer("spatial", 1) != 1)
            throw call.Refuse("its statistics are per activation, expected per channel");
        if (x.Rank < 2)
            throw call.Refuse("expected sequences and channels");
        call.ExpectFeatures(x, 1);
        if (new[] { scale, offset, mean, variance }.Any(values => values.Length != x.Count))
            throw call.Refuse($"expected {x.Count} of each statistic");
        double epsilon = call.Float("epsilon", 1e-5f);
        double[] factor = [.. scale.Zip(variance, (gain, spread) => gain / Math.Sqrt(spread + epsilon))];
        double[] summand = [.. offset.Select((start, channel) => start - (mean[channel] * factor[channel]))];
        return [Tensor.Of(x.Dims, ArithmeticOperators.Affine(call, ArithmeticOperators.Computed(call, x), factor, summand))];
    }

    public static IReadOnlyList<Knowledge> LayerNormalization(NodeCall call)
    {
        Tensor x = call[0];
        int axis = call.AxisOf(call.Integer("axis", -1), x.Rank);
        if (x.Dims.Skip(axis).Any(dim => dim.Axis != Axis.Data) || Tensor.Product(x.Dims.Skip(axis)) != x.Count)
            throw call.Refuse("expected all features of a step, and nothing else, to be normalised");
        double epsilon = call.Float("epsilon", 1e-5f);
        if (!(epsilon > 0))
            throw call.Refuse($"its epsilon is {epsilon}, expected more than 0");
        Cell[] norm = new NormVector(call.Node, ArithmeticOperators.Computed(call, x), epsilon).Cells();
        Tensor scaled = ArithmeticOperators.Multiply(new NodeCall(call.Run, call.Node, [Tensor.Of(x.Dims, norm), call[1]]));
        Tensor shifted = call.Optional(2) is { } offset ? ArithmeticOperators.Add(new NodeCall(call.Run, call.Node, [scaled, offset]), 1) : scaled;
        return [shifted];
    }
}
