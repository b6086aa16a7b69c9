using RnnGen.Generator.Cells;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>
/// Invented to make no sense where there are no units: it divides by a pre-activation and by a trained vector, which are 0 in padding, so its values there are
/// no numbers, from the first step on. A later stage multiplies such a value, averages it and uses it elementwise.
/// </summary>
internal sealed class Singular(LayerSpec spec) : RecurrentCell("singular", spec, ["a", "b"], ["h", "s"])
{
    protected override void Declare()
    {
        base.Declare();
        DeclareVector("scale", 1, Units, Units);
        DeclareMatrix("weight_sh", 1, Units, Units, Units);
    }

    protected override void Equations()
    {
        var pre = Pre(["a", "b"]);
        var a = Let("a", pre("a"));
        var b = Let("b", pre("b"));
        var s = Next("s", (0.25f * State("s") * Reciprocal(Diagonal("scale", 0, "scale"))) + (a * Reciprocal(b * b)));

        NextStage(Units);
        var mixed = Sum("mixed", Product("weight_sh", 0, Vector(s)));
        Next("h", Tanh(mixed + (0.5f * Tanh(s))) - (0.25f * Mean("sMean", s)));
    }
}
