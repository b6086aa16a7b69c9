using static RnnGen.Equations;

namespace RnnGen.Tests.Cells;

/// <summary>The input's elements, rows of a parameter, Select, and all that is worked out at compile time: loops, arrays, tuples, methods, a static class.</summary>
public sealed class ElementsAttribute(int units) : CellAttribute(units)
{
    public int Count { get; set; } = 2;

    protected override void Define(Vector x)
    {
        Vector h = State("h");
        Vector p = Weight("p", rows: 3);
        (Vector f, Vector kept) = Forget(x, h, p[0]);
        Vector[] parts = new Vector[Count];
        for (int k = 0; k < Count; k++)
            parts[k] = Mixed($"m{k}", x, h);
        Vector sum = 0;
        foreach (Vector part in parts)
            sum += part;
        Vector y = Select(f > 0.5, sum * p[1], sum - p[2] * x);
        Next(h, kept + (1 - f) * Tanh(y));
        Output((1 - f) * x + f * Tanh(y));
    }

    private (Vector Gate, Vector Kept) Forget(Vector x, Vector h, Vector peephole)
    {
        Vector f = Sigmoid(Gate("f", x, h) + peephole * h);
        return (f, f * h);
    }

    private Vector Mixed(string name, Vector x, Vector h) => name switch
    {
        "m0" => Tanh(InputGate(name, x)),
        _ => Shapes.Bent(StateGate(name, h)),
    };

    private static class Shapes
    {
        public static Vector Bent(Vector value) => Sigmoid(value);
    }
}
