using static RnnGen.Equations;

namespace RnnGen.Tests.Cells;

/// <summary>Decays by the time that a feature says, and adds another feature to all units.</summary>
public sealed class FeaturesAttribute(int units) : CellAttribute(units)
{
    protected override void Define(Vector x)
    {
        Vector h = State("h");
        Vector dt = Feature(0), other = Feature(2);
        Vector n = Tanh(Gate("n", x, h));
        Vector d = Exp(-dt * dt) * 0.5;
        Next(h, d * h + (1 - d) * n + 0.1 * other);
    }
}
