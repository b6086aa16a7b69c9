using static RnnGen.Equations;

namespace RnnGen.Tests.Cells;

/// <summary>A gated cell with a reset gate after the product and a candidate that sees the last state's mean: what most cells have, and no shipped one.</summary>
public sealed class BlendAttribute(int units) : CellAttribute(units)
{
    protected override void Define(Vector x)
    {
        Vector h = State("h");
        Vector r = Sigmoid(Gate("r", x, h));
        Vector z = Sigmoid(Gate("z", x, h));
        Vector n = Tanh(InputGate("n", x) + r * StateGate("n", h));
        Next(h, (1 - z) * n + z * h - 0.25 * Mean(h));
    }
}
