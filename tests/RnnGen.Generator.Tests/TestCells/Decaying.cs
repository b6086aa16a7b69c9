using RnnGen.Generator.Cells;
using RnnGen.Generator.Cells.Vocabulary;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>A vanilla cell whose state fades before it is multiplied, each unit at a trained rate: its first stage has no product.</summary>
internal sealed class Decaying(LayerSpec spec) : RecurrentCell("decaying", spec)
{
    protected override void Define(VectorValue x)
    {
        var h = State("h");
        Next(h, Tanh(Gate("h", x, Let("faded", Weight("rate", rows: 1) * h))));
    }
}
