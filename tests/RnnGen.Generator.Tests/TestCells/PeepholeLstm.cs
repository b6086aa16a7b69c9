using RnnGen.Generator.Cells;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>Graves' LSTM: i and f see c, o sees c' (https://arxiv.org/abs/1308.0850, equations 7 to 11). <c>peephole [3H]</c> = i, f, o.</summary>
internal sealed class PeepholeLstm(int units) : RecurrentCell("lstm_peephole", units, ["i", "f", "g", "o"], ["h", "c"])
{
    private const string Peephole = "peephole";

    protected override void Declare()
    {
        base.Declare();
        DeclareVector(Peephole, 3, Units, Units);
    }

    protected override void Equations()
    {
        var i = Let("i", Sigmoid(Pre("i") + (Diagonal(Peephole, 0, "iPeep") * State("c"))));
        var f = Let("f", Sigmoid(Pre("f") + (Diagonal(Peephole, 1, "fPeep") * State("c"))));
        var g = Let("g", Tanh(Pre("g")));
        var c = Next("c", (f * State("c")) + (i * g));
        var o = Let("o", Sigmoid(Pre("o") + (Diagonal(Peephole, 2, "oPeep") * c)));
        Next("h", o * Tanh(c));
    }
}
