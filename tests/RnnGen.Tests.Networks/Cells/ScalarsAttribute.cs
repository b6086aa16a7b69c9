using static RnnGen.Equations;

namespace RnnGen.Tests.Cells;

/// <summary>A leaky integrator whose rate is one trained number, alone and in expressions of numbers.</summary>
public sealed class ScalarsAttribute(int units) : CellAttribute(units)
{
    protected override void Define(Vector x)
    {
        Vector h = State("h");
        Vector alpha = Scalar("alpha", 0.3);
        Vector rate = Sigmoid(alpha);
        Vector n = Tanh(Gate("n", x, h));
        Vector mean = Mean(n);
        Next(h, h + rate * (n - h) + alpha * 0.1 * mean);
    }
}
