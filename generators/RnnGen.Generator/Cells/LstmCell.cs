namespace RnnGen.Generator.Cells;

/// <summary>c' = f ⊙ c + i ⊙ g, h' = o ⊙ tanh(c').</summary>
internal sealed class LstmCell(int units) : RecurrentCell("lstm", units, ["i", "f", "g", "o"], ["h", "c"])
{
    protected override void Equations()
    {
        var i = Let("i", Sigmoid(Pre("i")));
        var f = Let("f", Sigmoid(Pre("f")));
        var g = Let("g", Tanh(Pre("g")));
        var o = Let("o", Sigmoid(Pre("o")));
        var c = Next("c", (f * State("c")) + (i * g));
        Next("h", o * Tanh(c));
    }
}
