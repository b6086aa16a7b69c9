using static RnnGen.Equations;

namespace RnnGen.Cells;

/// <summary>
/// The simple recurrent unit (Lei et al. 2018, https://arxiv.org/abs/1709.02755): its gates see the state elementwise, so all products of a sequence are one.
/// <c>f = σ(W_f x + v_f ⊙ c + b_f)</c>, <c>r = σ(W_r x + v_r ⊙ c + b_r)</c>, <c>c' = f ⊙ c + (1 − f) ⊙ W x</c>, <c>y = r ⊙ c' + (1 − r) ⊙ x</c>.
/// Where the input has another size than the layer, x is a product of its own, <c>W_s x</c>, as in the authors' program.
/// </summary>
/// <param name="units">Units of the state and of the output.</param>
public sealed class SruAttribute(int units) : CellAttribute(units)
{
    /// <inheritdoc/>
    protected override void Define(Vector x)
    {
        Vector c = State("c");
        Vector v = Weight("peephole", rows: 2);
        Vector f = Sigmoid(Gate("f", x) + v[0] * c);
        Vector r = Sigmoid(Gate("r", x) + v[1] * c);
        Vector next = f * c + (1 - f) * Product("weight", x);
        Next(c, next);
        Output(r * next + (1 - r) * (x.Size == Units ? x : Product("weight_skip", x)));
    }
}
