using static RnnGen.Equations;

namespace RnnGen.Tests.Cells.Vocabulary;

/// <summary><see cref="RnnGen.RnnAttribute"/> in the vocabulary of users.</summary>
public sealed class RnnAttribute(int units) : CellAttribute(units)
{
    public Activation Activation { get; init; } = Activation.Tanh;

    public float ActivationAlpha { get; init; } = float.NaN;

    public float ActivationBeta { get; init; } = float.NaN;

    protected override void Define(Vector x)
    {
        Vector h = State("h");
        Next(h, Activate(Activation, Gate("h", x, h), ActivationAlpha, ActivationBeta));
    }
}
