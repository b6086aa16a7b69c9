using RnnGen.Generator.Cells;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>f = 1 − i. The parameters keep the rows of the forget gate, which nothing reads.</summary>
internal sealed class CoupledLstm(int units) : RecurrentCell("lstm_coupled", units, ["i", "f", "g", "o"], ["h", "c"])
{
    protected override void Equations()
    {
        var i = Let("i", Sigmoid(Pre("i")));
        var g = Let("g", Tanh(Pre("g")));
        var o = Let("o", Sigmoid(Pre("o")));
        var c = Next("c", ((1 - i) * State("c")) + (i * g));
        Next("h", o * Tanh(c));
    }
}
