using RnnGen;
using static RnnGen.Equations;

namespace Fading;

/// <summary>A cell of a user's with some of everything: two stages, a second state, a peephole, a product, a scalar, a mean, a comparison, first values of its own.</summary>
/// <param name="units">Units.</param>
public sealed class FadingAttribute(int units) : CellAttribute(units)
{
    /// <summary>The size of the memory beside the state.</summary>
    public int Memory { get; set; } = 5;

    /// <inheritdoc/>
    protected override void Define(Vector x)
    {
        Vector h = State("h"), m = State("m", Memory);
        Vector f = Sigmoid(Gate("f", x, h) + Weight("peephole") * h);
        Vector n = Tanh(Gate("n", x, f * h) + Product("read", m));
        Next(m, Tanh(Product("write", h, Memory)) - 0.5 * m);
        Vector faded = h * Exp(-Softplus(Scalar("rate", 0.25) + Mean(h)));
        Next(h, Select(f >= 0.5, (1 - f) * faded + f * n, faded + 0.25 * n));
    }

    /// <inheritdoc/>
    protected override void Initialize(string parameter, Span<float> values)
    {
        if (parameter == "peephole")
            values.Fill(1f / Units);
    }
}
