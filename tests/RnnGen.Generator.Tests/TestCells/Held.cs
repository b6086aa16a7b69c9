using RnnGen.Generator.Cells;
using RnnGen.Generator.Ir;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>Invented to scale its state by what an earlier stage computes, of which nothing flows back: no gradient reaches the gate v.</summary>
internal sealed class Held(LayerSpec spec) : RecurrentCell("held", spec, ["v", "n"], ["h"])
{
    protected override void Equations()
    {
        var v = Let("v", Tanh(Pre("v")));
        NextStage(Units);
        Next("h", new StopGradient(1 + (v * v)) * Tanh(Pre("n")));
    }
}
