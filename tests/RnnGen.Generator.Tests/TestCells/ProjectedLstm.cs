using RnnGen.Generator.Cells;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>h' = W_hr (o ⊙ tanh(c')) (https://arxiv.org/abs/1402.1128): the hidden state is smaller than the cell's other vectors.</summary>
internal sealed class ProjectedLstm(int units, int projection) : RecurrentCell("lstm_projected", units, ["i", "f", "g", "o"], ["h", "c"])
{
    private const string Projection = "weight_hr";

    protected override int HiddenSize => projection;

    protected override void Declare()
    {
        base.Declare();
        DeclareMatrix(Projection, 1, projection, Units, Units);
    }

    protected override void Equations()
    {
        var i = Let("i", Sigmoid(Pre("i")));
        var f = Let("f", Sigmoid(Pre("f")));
        var g = Let("g", Tanh(Pre("g")));
        var o = Let("o", Sigmoid(Pre("o")));
        var c = Next("c", (f * State("c")) + (i * g));
        var m = Let("m", o * Tanh(c));
        NextStage(projection);
        Next("h", Sum("hPre", Product(Projection, 0, Vector(m))));
    }
}
