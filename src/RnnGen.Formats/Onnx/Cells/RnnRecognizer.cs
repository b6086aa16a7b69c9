namespace RnnGen.Formats.Onnx;

/// <summary>A vanilla cell: <c>h' = φ(W x + U h + b)</c>.</summary>
internal static class RnnRecognizer
{
    /// <summary>The only gate; null where the state is no such cell's.</summary>
    public static CellParts? Find(Recognition known, Carried state)
    {
        if (Gate.Of(known, state.Next.Cells()) is not { } gate || gate.Added.Any())
            return null;
        return new CellParts([(gate, 1)], [], [(gate, state.Before, 1)], null, null, (bias, learns) => new RnnAttribute(state.Size)
        {
            Bias = bias,
            Clip = gate.Clip,
            LayerNorm = gate.Gains is not null,
            LearnedState = learns,
            Activation = gate.Function.Activation,
            ActivationAlpha = gate.Function.Alpha,
            ActivationBeta = gate.Function.Beta,
        });
    }
}
