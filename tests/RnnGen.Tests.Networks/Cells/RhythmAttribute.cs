using static RnnGen.Equations;

namespace RnnGen.Tests.Cells;

/// <summary>
/// A gate that opens and closes by a clock of its own, in the manner of the phased LSTM (Neil et al. 2016): the clock is a state of one element that has gone on
/// before a later stage reads, under a mean, where it was.
/// </summary>
public sealed class RhythmAttribute(int units) : CellAttribute(units)
{
    public double Leak { get; set; } = 0.001;

    protected override void Define(Vector x)
    {
        Vector h = State("h"), c = State("c"), t = State("t", 1);
        Next(t, t + 1);
        Vector period = Weight("period", 8), shift = Weight("shift", 0), on = Weight("on", 0.6);
        Vector phase = 0.5 + 0.5 * Sin((Mean(t) - shift) / period);
        Vector k = Select(phase < 0.5 * on, 2 * phase / on, Select(phase < on, 2 - 2 * phase / on, Leak * phase));
        Vector i = Sigmoid(Gate("i", x, h)), f = Sigmoid(Gate("f", x, h)), o = Sigmoid(Gate("o", x, h));
        Vector fresh = f * c + i * Tanh(Gate("g", x, h));
        Vector shown = o * Tanh(fresh);
        Next(c, k * fresh + (1 - k) * c);
        Next(h, k * shown + (1 - k) * h);
    }
}
