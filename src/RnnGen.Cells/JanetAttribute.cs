using static RnnGen.Equations;

namespace RnnGen.Cells;

/// <summary>
/// JANET, "just another network" (van der Westhuizen and Lasenby 2018, https://arxiv.org/abs/1804.04849): an LSTM with the forget gate alone.
/// <c>s = W_f x + U_f h + b_f</c>, <c>n = tanh(W_n x + U_n h + b_n)</c>, <c>h' = σ(s) ⊙ h + (1 − σ(s − β)) ⊙ n</c>.
/// </summary>
/// <param name="units">Hidden units.</param>
public sealed class JanetAttribute(int units) : CellAttribute(units)
{
    /// <summary>β, by which new input counts for more than what is forgotten; 1 by default.</summary>
    public float Beta { get; set; } = 1;

    /// <summary>
    /// The longest dependency that is expected, in steps, above 2: forget biases begin as <c>log u</c>, u drawn evenly from 1 to it − 1 (the paper's chrono
    /// initialisation, Tallec and Ollivier 2018). 0 (the default): they begin as 1.
    /// </summary>
    public int MaxSteps { get; set; }

    /// <inheritdoc/>
    protected override void Define(Vector x)
    {
        Vector h = State("h");
        Vector s = Gate("f", x, h);
        Vector n = Tanh(Gate("n", x, h));
        Next(h, Sigmoid(s) * h + (1 - Sigmoid(s - Beta)) * n);
    }

    /// <inheritdoc/>
    protected override void Initialize(string parameter, Span<float> values)
    {
        if (parameter is not ("bias_ih" or "bias_hh"))
            return;
        for (int unit = 0; unit < Units; unit++)
            values[unit] = parameter == "bias_hh" ? 0 : MaxSteps > 2 ? MathF.Log(1 + (MaxSteps - 2) * FirstValues.Share(values[unit], Units)) : 1;
        values[Units..].Clear();
    }
}
