namespace RnnGen.Generator.Cells;

/// <summary>h' = φ(W x + b_ih + U h + b_hh).</summary>
internal sealed class RnnCell(int units, string activation) : RecurrentCell("rnn", units, ["h"], ["h"])
{
    protected override void Equations() => Next("h", Activate(activation, Pre("h")));
}
