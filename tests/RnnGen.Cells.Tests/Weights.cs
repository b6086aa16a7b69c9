using static RnnGen.Cells.Tests.Numbers;

namespace RnnGen.Cells.Tests;

/// <summary>A layer's parameters by name, in double precision.</summary>
internal sealed class Weights(IReadOnlyDictionary<string, double[]> values)
{
    private const int Units = 12;

    public double[] this[string name] => values[name];

    /// <summary>W x + U h and both biases, of the gate at a place of the stacks.</summary>
    public double[] Gate(int input, int hidden, double[] x, double[] h) => Plus(Input(input, x), Plus(Apply(Rows("weight_hh", hidden, h.Length), h), Rows("bias_hh", hidden, 1)));

    /// <summary>The same where all gates see both.</summary>
    public double[] Gate(int gate, double[] x, double[] h) => Gate(gate, gate, x, h);

    /// <summary>W x and its bias.</summary>
    public double[] Input(int gate, double[] x) => Plus(Apply(Rows("weight_ih", gate, x.Length), x), Rows("bias_ih", gate, 1));

    public double[] Product(string name, double[] vector) => Apply(values[name], vector);

    private double[] Rows(string name, int gate, int columns) => values[name][(gate * Units * columns)..((gate + 1) * Units * columns)];
}
