namespace RnnGen;

/// <summary>What the equations of a cell gave at each step of a sequence, in double precision.</summary>
public sealed class CellTrace
{
    private readonly IReadOnlyDictionary<string, double[][]> _states;
    private readonly IReadOnlyDictionary<string, double[][]> _gates;

    internal CellTrace(double[][] outputs, IReadOnlyDictionary<string, double[][]> states, IReadOnlyDictionary<string, double[][]> gates) =>
        (Outputs, _states, _gates) = (outputs, states, gates);

    /// <summary>The layer's output, <c>[step][unit]</c>, steps in the order of the frames.</summary>
    public IReadOnlyList<double[]> Outputs { get; }

    /// <summary>The names of the states, in the order of their declaration.</summary>
    public IEnumerable<string> StateNames => _states.Keys;

    /// <summary>The names of the gates, in the order of their first use.</summary>
    public IEnumerable<string> GateNames => _gates.Keys;

    /// <summary>A state after each step, <c>[step][unit]</c>.</summary>
    /// <param name="name">The state's name.</param>
    /// <exception cref="KeyNotFoundException">The cell has no such state; the message lists those that it has.</exception>
    public IReadOnlyList<double[]> State(string name) => Find(_states, name, "state");

    /// <summary>A gate's pre-activation at each step, biases, layer normalisation and clip included, <c>[step][unit]</c>.</summary>
    /// <param name="name">The gate's name.</param>
    /// <exception cref="KeyNotFoundException">The cell has no such gate; the message lists those that it has.</exception>
    public IReadOnlyList<double[]> Gate(string name) => Find(_gates, name, "gate");

    private static double[][] Find(IReadOnlyDictionary<string, double[][]> values, string name, string what) => values.TryGetValue(name, out double[][]? found)
        ? found
        : throw new KeyNotFoundException($"There is no {what} '{name}'; there are: {string.Join(", ", values.Keys)}.");
}
