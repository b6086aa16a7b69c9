using static RnnGen.Equations;

namespace RnnGen.Tests.Cells;

/// <summary>Averages of one product over several times, in an array of states; the decays are computed from the option.</summary>
public sealed class BankAttribute(int units) : CellAttribute(units)
{
    public double[] Times { get; set; } = [1.5, 10, 100];

    protected override void Define(Vector x)
    {
        Vector v = Product("in", x);
        Vector[] averages = new Vector[Times.Length];
        for (int i = 0; i < averages.Length; i++)
        {
            double decay = Math.Exp(-1 / Times[i]);
            averages[i] = Next(State($"e{i}"), decay * State($"e{i}") + (1 - decay) * v);
        }

        Vector sum = averages[0];
        for (int i = 1; i < averages.Length; i++)
            sum += averages[i];
        Output(Softplus(sum) - Log(1 + Abs(sum)));
    }
}
