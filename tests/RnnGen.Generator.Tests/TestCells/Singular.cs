using RnnGen.Generator.Cells;
using RnnGen.Generator.Cells.Vocabulary;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>
/// Invented to make no sense where there are no units: it divides by a pre-activation and by a trained vector, which are 0 in padding, so its values there are
/// no numbers, from the first step on. A later stage multiplies such a value, averages it and uses it elementwise.
/// </summary>
internal sealed class Singular(LayerSpec spec) : RecurrentCell("singular", spec)
{
    protected override void Define(VectorValue x)
    {
        VectorValue h = State("h"), s = State("s");
        VectorValue a = Gate("a", x, h), b = Gate("b", x, h);
        var next = Next(s, (0.25f * s / Weight("scale", rows: 1)) + (a / (b * b)));
        Next(h, Tanh(Product("weight_sh", next) + (0.5f * Tanh(next))) - (0.25f * Mean(next)));
    }
}
