namespace RnnGen.Formats.Onnx;

/// <summary>What becomes one layer: a product, convolution or normalisation, what is scaled and added after it, and an activation.</summary>
/// <param name="Start">The product, convolution or normalisation.</param>
/// <param name="Between">The vectors after it that the layer computes too, without the last one.</param>
/// <param name="Scale">What each value is multiplied by.</param>
/// <param name="Offset">What is added.</param>
/// <param name="Function">The activation.</param>
internal sealed record LayerChain(Vector Start, IReadOnlyList<Vector> Between, double[] Scale, double[] Offset, ActivationFunction Function)
{
    /// <summary>The chain that ends with a vector; null where it is not a layer of that kind.</summary>
    public static LayerChain? EndingWith(Vector end, VectorOrder order)
    {
        double[] scale = [.. Enumerable.Repeat(1.0, end.Size)], offset = new double[end.Size];
        List<Vector> between = [];
        var function = new ActivationFunction(Activation.Linear);
        Vector at = end;
        if (at is FunctionVector { Function: { } activation })
        {
            if (Before(at, order) is not { } source)
                return null;
            (function, at) = (activation, source);
            between.Add(at);
        }

        while (at is AffineVector affine && Before(at, order) is { } source)
        {
            for (int index = 0; index < scale.Length; index++)
                (offset[index], scale[index]) = (offset[index] + (scale[index] * affine.Offset[index]), scale[index] * affine.Scale[index]);
            at = source;
            between.Add(at);
        }

        bool isLayer = at is LinearVector or ConvolutionVector || (at is NormVector && function.Activation == Activation.Linear);
        return isLayer ? new LayerChain(at, between, scale, offset, function) : null;
    }

    /// <summary>The vector of which another is the only reader, and reads it whole.</summary>
    private static Vector? Before(Vector vector, VectorOrder order) => Vector.IsWhole(vector.Sources[0], out Vector? source) && order.IsOnlyReadBy(source, vector) ? source : null;
}
