using RnnGen.Generator.Cells;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>
/// Invented for the sums of its second stage: between the two that a value of the first feeds there is one of a state. The value is multiplied and no more, so that
/// all of its gradient comes from products.
/// </summary>
internal sealed class Gapped(int units) : Cell("gapped", units)
{
    protected override void Declare()
    {
        DeclareState("h", Units);
        DeclareState("v", Units);
        DeclareMatrix("weight_xs", 1, Units, CellGraphBuilder.InputColumns, Units);
        foreach (string matrix in new[] { "weight_hs", "weight_sa", "weight_vb", "weight_sc" })
            DeclareMatrix(matrix, 1, Units, Units, Units);
    }

    protected override void Equations()
    {
        var s = Let("s", Tanh(Sum("sPre", Product("weight_xs", 0, Input), Product("weight_hs", 0, StateVector("h")))));

        NextStage(Units);
        var a = Let("a", Tanh(Sum("aPre", Product("weight_sa", 0, Vector(s)))));
        var b = Let("b", Sigmoid(Sum("bPre", Product("weight_vb", 0, StateVector("v")))));
        var c = Let("c", Tanh(Sum("cPre", Product("weight_sc", 0, Vector(s)))));
        Next("v", a * c);
        Output(Next("h", (b * a) + c));
    }
}
