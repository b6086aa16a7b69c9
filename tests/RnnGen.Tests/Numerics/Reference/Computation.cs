namespace RnnGen.Tests.Numerics;

/// <summary>
/// Operations on vectors in the order in which they were made. Walked backwards, each hands its result's gradient on to its operands: reverse-mode
/// differentiation, so that no backward pass is written for a layer here either, and none that has anything of the generator's.
/// </summary>
/// <param name="inFloats">Whether each result, and each gradient, is rounded to a float: what that changes is what rounding alone may do.</param>
internal sealed class Computation(bool inFloats = false)
{
    private readonly List<Action> _back = [];

    /// <summary>How near a value came to a point where a function that it went through has no derivative: a comparison there would compare chance.</summary>
    public double NearestKink { get; private set; } = double.PositiveInfinity;

    /// <summary>A variable that depends on nothing.</summary>
    public Variable Leaf(double[] values) => new(this, values);

    /// <summary>Zeros.</summary>
    public Variable Zero(int length) => Leaf(new double[length]);

    /// <summary>The result of an operation.</summary>
    /// <param name="values">The result.</param>
    /// <param name="back">Adds to the operands' gradients, given the result's.</param>
    public Variable Add(double[] values, Action<double[]> back)
    {
        Variable result = Leaf(Rounded(values));
        _back.Add(() => back(Rounded(result.Gradient)));
        return result;
    }

    /// <summary>Notes how far a value is from a point without a derivative.</summary>
    public void NoteKink(double distance) => NearestKink = Math.Min(NearestKink, Math.Abs(distance));

    /// <summary>Takes the gradients that have been put into results back to everything that they depend on. Once.</summary>
    public void Differentiate()
    {
        for (int i = _back.Count - 1; i >= 0; i--)
            _back[i]();
        _back.Clear();
    }

    private double[] Rounded(double[] values) => inFloats ? Array.ConvertAll(values, value => (double)(float)value) : values;
}
