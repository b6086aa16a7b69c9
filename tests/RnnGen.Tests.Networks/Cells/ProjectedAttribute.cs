using static RnnGen.Equations;

namespace RnnGen.Tests.Cells;

/// <summary>An LSTM whose recurrence goes through a smaller projection (Sak et al. 2014), while its output does not.</summary>
public sealed class ProjectedAttribute(int units, int projection) : CellAttribute(units)
{
    protected override void Define(Vector x)
    {
        Vector r = State("r", projection), c = State("c");
        Vector i = Sigmoid(Sum("i", x, r)), f = Sigmoid(Sum("f", x, r, bias: 1)), o = Sigmoid(Sum("o", x, r));
        Vector shown = o * Tanh(Next(c, f * c + i * Tanh(Sum("g", x, r))));
        Next(r, Product("project", shown, projection));
        Output(shown);
    }

    private Vector Sum(string gate, Vector x, Vector r, double bias = 0) => Product($"{gate}_x", x) + Product($"{gate}_r", r) + Weight($"{gate}_bias", bias);
}
