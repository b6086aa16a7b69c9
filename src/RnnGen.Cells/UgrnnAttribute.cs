using static RnnGen.Equations;

namespace RnnGen.Cells;

/// <summary>
/// The update gate RNN (Collins, Sohl-Dickstein and Sussillo 2017, https://arxiv.org/abs/1611.09913).
/// <c>g = σ(W_g x + U_g h + b_g)</c>, <c>n = tanh(W_n x + U_n h + b_n)</c>, <c>h' = g ⊙ h + (1 − g) ⊙ n</c>. The biases of g begin as 1.
/// </summary>
/// <param name="units">Hidden units.</param>
public sealed class UgrnnAttribute(int units) : CellAttribute(units)
{
    /// <inheritdoc/>
    protected override void Define(Vector x)
    {
        Vector h = State("h");
        Vector g = Sigmoid(Gate("g", x, h));
        Vector n = Tanh(Gate("n", x, h));
        Next(h, g * h + (1 - g) * n);
    }

    /// <inheritdoc/>
    protected override void Initialize(string parameter, Span<float> values)
    {
        if (parameter is "bias_ih" or "bias_hh")
            values[..Units].Fill(parameter == "bias_ih" ? 1 : 0);
    }
}
