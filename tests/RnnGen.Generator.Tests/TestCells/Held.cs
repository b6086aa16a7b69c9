using RnnGen.Generator.Cells;
using RnnGen.Generator.Cells.Vocabulary;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>Invented to scale its state by what an earlier stage computes, of which nothing flows back: no gradient reaches the gate v.</summary>
internal sealed class Held(LayerSpec spec) : RecurrentCell("held", spec)
{
    protected override void Define(VectorValue x)
    {
        var h = State("h");
        var v = Let("v", Tanh(Gate("v", x, h)));
        var half = Let("half", 0.5f * h);
        Next(h, Of("StopGradient", 1 + (v * v)) * Tanh(Gate("n", x, half)));
    }
}
