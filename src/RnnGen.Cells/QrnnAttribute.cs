using static RnnGen.Equations;

namespace RnnGen.Cells;

/// <summary>
/// The quasi-recurrent network with fo-pooling (Bradbury et al. 2016, https://arxiv.org/abs/1611.01576): no gate sees the state, so all products of a sequence are
/// one. <c>z = tanh(W_z x + b_z)</c>, <c>f, o = σ(W x + b)</c>, <c>c' = f ⊙ c + (1 − f) ⊙ z</c>, <c>y = o ⊙ c'</c>. The paper's gates are convolutions over k steps:
/// put a <see cref="Conv1DAttribute"/> before the layer.
/// </summary>
/// <param name="units">Units of the state and of the output.</param>
public sealed class QrnnAttribute(int units) : CellAttribute(units)
{
    /// <inheritdoc/>
    protected override void Define(Vector x)
    {
        Vector c = State("c");
        Vector z = Tanh(Gate("z", x));
        Vector f = Sigmoid(Gate("f", x));
        Vector o = Sigmoid(Gate("o", x));
        Vector next = f * c + (1 - f) * z;
        Next(c, next);
        Output(o * next);
    }
}
