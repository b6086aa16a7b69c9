using RnnGen.Generator.Cells;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>A vanilla cell whose state fades before it is multiplied, each unit at a trained rate: its first stage has no product.</summary>
internal sealed class Decaying(int units) : RecurrentCell("decaying", units, ["h"], ["h"])
{
    protected override void Declare()
    {
        base.Declare();
        DeclareVector("rate", 1, Units, Units);
    }

    protected override void Equations()
    {
        var faded = Let("faded", Diagonal("rate", 0, "rate") * State("h"));
        NextStage(Units);
        Next("h", Tanh(PreOf("h", faded)));
    }
}
