using RnnGen.Generator.Cells;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>A vanilla cell whose state fades before it is multiplied, each unit at a trained rate: its first stage has no product.</summary>
internal sealed class Decaying(LayerSpec spec) : RecurrentCell("decaying", spec, ["h"], ["h"])
{
    protected override void Declare()
    {
        base.Declare();
        DeclareVector("rate", 1, Units, Units);
    }

    protected override void Equations()
    {
        var faded = Let("faded", Diagonal("rate", 0, "rate") * State("h"));
        Next("h", Tanh(PreOf("h", faded)));
    }
}
