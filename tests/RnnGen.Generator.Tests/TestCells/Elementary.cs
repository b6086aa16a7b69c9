using RnnGen.Generator.Cells;
using RnnGen.Generator.Ir;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>
/// Invented to use every operation and every elementary function that equations have. Of what is stopped the derivative is 0 in any case, so that differences
/// agree with the gradient.
/// </summary>
internal sealed class Elementary(LayerSpec spec) : RecurrentCell("elementary", spec, ["a", "b", "c"], ["h"])
{
    protected override void Equations()
    {
        var pre = Pre(["a", "b", "c"]);
        var (a, b, c) = (Let("a", pre["a"]), Let("b", pre["b"]), Let("c", pre["c"]));
        var above = Let("above", 0.5f + (Expr)new Apply(Function.Softplus, a));
        var level = Let("level", new Apply(Function.Log, above) / new Apply(Function.Sqrt, above + new Apply(Function.Abs, b)));
        var wave = Let("wave", (Expr)new Apply(Function.Sin, 3 * b) * new Apply(Function.Cos, c - a));
        var open = Let("open", new Apply(Function.Exp, new Apply(Function.LogSigmoid, c)));
        var bounded = Let("bounded", new Min(new Max(a, b - c), new Apply(Function.Erf, b) / (2 - wave)));
        var step = Let("step", 1 / (above * above) - (a / (level - 3) / above));
        Next("h", (open * (wave + (0.5f * level))) + ((1 - open) * new Max(State("h"), bounded)) + (0.25f * step * new StopGradient(Positive(a + b))));
    }
}
