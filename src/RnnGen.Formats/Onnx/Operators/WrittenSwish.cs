namespace RnnGen.Formats.Onnx;

/// <summary>Recognises a Swish (SiLU) that is written out, <c>x · σ(x)</c>.</summary>
internal static class WrittenSwish
{
    /// <summary>What <c>a ⊙ b</c> is, where it is a Swish; else null.</summary>
    public static Cell[]? Of(OnnxNode node, Cell[] a, Cell[] b) => Ordered(node, a, b) ?? Ordered(node, b, a);

    private static Cell[]? Ordered(OnnxNode node, Cell[] x, Cell[] gate) =>
        Vector.IsWhole(gate, out Vector? vector) && vector is FunctionVector { Function: { Activation: Activation.Sigmoid } } && vector.Sources[0].SequenceEqual(x)
            ? new FunctionVector(node, x, new(Activation.Swish)).Cells()
            : null;
}
