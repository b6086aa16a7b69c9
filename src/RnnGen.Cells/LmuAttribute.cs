using static RnnGen.Equations;

namespace RnnGen.Cells;

/// <summary>
/// The Legendre memory unit (Voelker, Kajić and Eliasmith 2019, https://papers.nips.cc/paper/9689): a linear memory that holds the last θ steps of one signal, by
/// Legendre polynomials. <c>u = e_x·x + e_h·h + e_m·m</c>, <c>m' = Ā m + B̄ u</c>, <c>h' = tanh(W_x x + W_h h + W_m m')</c>. Ā and B̄ are fixed
/// (equations 1 and 2, discretised by a zero-order hold).
/// </summary>
/// <param name="units">Hidden units.</param>
/// <param name="order">Polynomials: units of the memory.</param>
public sealed class LmuAttribute(int units, int order) : CellAttribute(units)
{
    /// <summary>θ, the window in steps; 100 by default.</summary>
    public float Theta { get; set; } = 100;

    /// <inheritdoc/>
    protected override void Define(Vector x)
    {
        if (!(Theta > 0))
            throw new ArgumentException($"Theta is {Theta}; it is a number of steps above 0");
        Vector h = State("h"), m = State("m", order);
        Vector u = Product("encoder_x", x, 1) + Product("encoder_h", h, 1) + Product("encoder_m", m, 1);
        Vector memory = Product("memory", m, order, trained: false) + Product("memory_input", u, order, trained: false);
        Next(m, memory);
        Next(h, Tanh(Product("weight_x", x) + Product("weight_h", h) + Product("weight_m", memory)));
    }

    /// <inheritdoc/>
    protected override void Initialize(string parameter, Span<float> values)
    {
        if (parameter == "encoder_m")
            values.Clear();
        else if (parameter is "memory" or "memory_input")
            LegendreMemory.Fill(values, order, Theta, isInput: parameter == "memory_input");
    }
}
