using RnnGen.Generator.Cells;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>n = tanh(W x + b_in + U (r ⊙ h) + b_hn): the reset gate before the product, as in the original paper (https://arxiv.org/abs/1406.1078).</summary>
internal sealed class GruResetBefore(int units) : RecurrentCell("gru_reset_before", units, ["r", "z", "n"], ["h"])
{
    protected override void Equations()
    {
        var r = Let("r", Sigmoid(Pre("r")));
        var z = Let("z", Sigmoid(Pre("z")));
        var reset = Let("rh", r * State("h"));
        NextStage(Units);
        var n = Let("n", Tanh(PreOf("n", reset)));
        Next("h", ((1 - z) * n) + (z * State("h")));
    }
}
