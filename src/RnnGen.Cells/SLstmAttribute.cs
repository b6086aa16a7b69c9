using static RnnGen.Equations;

namespace RnnGen.Cells;

/// <summary>
/// The sLSTM of xLSTM (Beck et al. 2024, https://arxiv.org/abs/2405.04517, equations 8 to 17), with exponential gates and their stabiliser m, one head.
/// <c>z = tanh(…)</c>, <c>o = σ(…)</c>, <c>m' = max(log f + m, ĩ)</c>, <c>i = exp(ĩ − m')</c>, <c>f' = exp(log f + m − m')</c>, <c>c' = f' ⊙ c + i ⊙ z</c>,
/// <c>n' = f' ⊙ n + i</c>, <c>h' = o ⊙ c' / n'</c>; log f is <c>f̃</c>, or <c>log σ(f̃)</c>. At the first step, where n is 0, m' is ĩ.
/// </summary>
/// <param name="units">Hidden units.</param>
public sealed class SLstmAttribute(int units) : CellAttribute(units)
{
    /// <summary>Whether the forget gate is exponential, as the input gate is; false by default: it is sigmoidal. The paper has both.</summary>
    public bool ExponentialForget { get; set; }

    /// <inheritdoc/>
    protected override void Define(Vector x)
    {
        Vector h = State("h"), c = State("c"), n = State("n"), m = State("m");
        Vector z = Tanh(Gate("z", x, h));
        Vector i = Gate("i", x, h), f = Gate("f", x, h);
        Vector o = Sigmoid(Gate("o", x, h));
        Vector kept = (ExponentialForget ? f : LogSigmoid(f)) + m;
        Vector most = Next(m, Select(n > 0, Max(kept, i), i));
        Vector input = Exp(i - most), forget = Exp(kept - most);
        Vector cell = Next(c, forget * c + input * z);
        Vector norm = Next(n, forget * n + input);
        Next(h, o * (cell / norm));
    }
}
