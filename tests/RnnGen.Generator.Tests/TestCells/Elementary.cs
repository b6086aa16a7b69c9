using RnnGen.Generator.Cells;
using RnnGen.Generator.Cells.Vocabulary;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>
/// Invented to use every operation and every elementary function that equations have. Of what is stopped the derivative is 0 in any case, so that differences
/// agree with the gradient.
/// </summary>
internal sealed class Elementary(LayerSpec spec) : RecurrentCell("elementary", spec)
{
    protected override void Define(VectorValue x)
    {
        var h = State("h");
        VectorValue a = Gate("a", x, h), b = Gate("b", x, h), c = Gate("c", x, h);
        var above = Let("above", 0.5f + Of("Softplus", a));
        var level = Let("level", Of("Log", above) / Of("Sqrt", above + Of("Abs", b)));
        var wave = Let("wave", Of("Sin", 3 * b) * Of("Cos", c - a));
        var open = Let("open", Of("Exp", Of("LogSigmoid", c)));
        var bounded = Let("bounded", Of("Min", Of("Max", a, b - c), Of("Erf", b) / (2 - wave)));
        var step = Let("step", (1 / (above * above)) - (a / (level - 3) / above));
        var side = Let("side", Select(a + b, 1, 0));
        Next(h, (open * (wave + (0.5f * level))) + ((1 - open) * Of("Max", h, bounded)) + (0.25f * step * Of("StopGradient", side)));
    }
}
