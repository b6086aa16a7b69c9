using static RnnGen.Equations;

namespace RnnGen.Tests.Cells;

/// <summary>A memory of another size beside the state, matrices of its own between them, and an output that is no state.</summary>
public sealed class StoreAttribute(int units, int memory) : CellAttribute(units)
{
    protected override void Define(Vector x)
    {
        Vector h = State("h");
        Vector m = State("m", memory);
        Vector a = Scalar("a", 0.5);
        Vector u = Product("encode", x, 1);
        Vector q = Product("read", m);
        Vector next = Tanh(a * m + Product("in", u, memory) + Weight("shift", 0.1, memory));
        Next(m, next);
        Vector v = Tanh(Product("out", next) + q + Gate("g", x, h));
        Next(h, v * a);
        Output(v + 0.5 * h);
    }
}
