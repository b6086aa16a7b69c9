using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Cells;

/// <summary>h' = φ(W x + b_ih + U h + b_hh).</summary>
internal sealed class RnnCell(LayerSpec spec) : RecurrentCell("rnn", spec, ["h"], ["h"])
{
    protected override void Equations() => Next("h", Gate("h", ActivationKind.Option, "Tanh", Pre("h")));
}
