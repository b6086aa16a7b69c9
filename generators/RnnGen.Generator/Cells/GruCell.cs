namespace RnnGen.Generator.Cells;

/// <summary>n = tanh(W x + b_in + r ⊙ (U h + b_hn)), h' = (1 − z) ⊙ n + z ⊙ h: the reset gate after the product.</summary>
internal sealed class GruCell(int units) : RecurrentCell("gru", units, ["r", "z", "n"], ["h"])
{
    protected override void Equations()
    {
        var r = Let("r", Sigmoid(Pre("r")));
        var z = Let("z", Sigmoid(Pre("z")));
        var n = Let("n", Tanh(InputPart("n") + (r * HiddenPart("n"))));
        Next("h", ((1 - z) * n) + (z * State("h")));
    }
}
