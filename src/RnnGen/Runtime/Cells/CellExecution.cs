namespace RnnGen.Runtime;

/// <summary>Runs the equations of a cell step by step in double precision: its states, and the parameters that they use.</summary>
/// <param name="cell">The cell, with its options.</param>
/// <param name="parameters">Values by name, without the layer's.</param>
/// <param name="suffix">After the names of parameters: <c>_reverse</c>, or nothing.</param>
internal sealed class CellExecution(CellAttribute cell, IReadOnlyDictionary<string, double[]> parameters, string suffix)
{
    private const double Epsilon = 1e-5;
    private readonly Dictionary<string, double[]> _states = [];
    private readonly Dictionary<string, List<string>> _gates = [];
    private readonly Dictionary<string, double[]> _next = [];
    private readonly Dictionary<string, double[]> _preActivations = [];
    private readonly Dictionary<string, int> _used = [];
    private readonly HashSet<(string Stack, string Gate)> _multiplied = [];
    private string[] _order = [];
    private string? _first;
    private double[]? _output;
    private double[] _frame = [];

    /// <summary>Runs one step.</summary>
    /// <returns>The output, the states and the gates' pre-activations after it.</returns>
    public CellStep Step(double[] frame)
    {
        (_frame, _output) = (frame, null);
        _next.Clear();
        _preActivations.Clear();
        cell.Execute(this, new Vector(frame));
        foreach (string state in _states.Keys)
            if (!_next.ContainsKey(state))
                throw Refuse($"no equation sets the state '{state}'");
        foreach (var (name, values) in _next)
            _states[name] = values;
        CheckParameters();
        double[] output = _output ?? (_first is null ? throw Refuse("it has neither a state nor an output") : _states[_first]);
        return new CellStep(output, new Dictionary<string, double[]>(_states), new Dictionary<string, double[]>(_preActivations));
    }

    public Vector State(string name, int size)
    {
        _first ??= name;
        if (!_states.TryGetValue(name, out double[]? values))
            _states.Add(name, values = cell.LearnedState ? Parameter("initial_" + name, 0, size) : new double[size]);
        return values.Length == size ? new Vector(values) { State = name } : throw Refuse($"the state '{name}' is declared with {values.Length} units and with {size}");
    }

    public Vector Next(Vector state, Vector value)
    {
        string name = state.State ?? throw Refuse("Next sets a vector that is not a state");
        double[] values = Fit(value, state.Size, $"the next value of '{name}'");
        return _next.TryAdd(name, values) ? new Vector(values) : throw Refuse($"the state '{name}' is set twice");
    }

    public void Output(Vector value) => _output = _output is null ? value.Values : throw Refuse("Output is called twice");

    public void GateOrder(string[] names) => _order = names;

    public Vector Gate(string name, Vector x, Vector? h)
    {
        double[] sum = InputPart(name, x);
        if (h is not null)
            sum = [.. sum.Zip(StatePart(name, h), (a, b) => a + b)];
        return Pending(name, Normalized(name, sum), isPart: false);
    }

    public Vector Part(string name, Vector vector, bool isOfState) => Pending(name, isOfState ? StatePart(name, vector) : InputPart(name, vector), isPart: true);

    public Vector Product(string name, Vector vector, int units) => new(Multiply(name, 0, units, vector.Values));

    public Vector Weight(string name, int size, int rows) => new(Parameter(name, 0, rows * size), rows);

    public Vector Scalar(string name) => new(Parameter(name, 0, 1));

    public Vector Feature(int index) => index >= 0 && index < _frame.Length
        ? new Vector([_frame[index]])
        : throw Refuse($"it uses the feature {index} of a frame with {_frame.Length}");

    /// <summary>A gate's sum with what layer normalisation makes of it, where the cell has it: γ ⊙ (a − mean) / √(variance + 1e-5) + b_ih + b_hh.</summary>
    public double[] Normalized(string gate, double[] sum)
    {
        double[] whole = sum;
        if (cell.LayerNorm)
        {
            double mean = sum.Average(), variance = sum.Average(value => (value - mean) * (value - mean));
            double[] gains = Rows("layer_norm", gate);
            whole = [.. sum.Select((value, unit) => gains[unit] * (value - mean) / Math.Sqrt(variance + Epsilon))];
            foreach (string bias in new[] { "bias_ih", "bias_hh" })
                if (cell.Bias && _multiplied.Contains((bias == "bias_ih" ? "weight_ih" : "weight_hh", gate)))
                    whole = [.. whole.Zip(Rows(bias, gate), (a, b) => a + b)];
        }

        _preActivations[gate] = Clipped(whole);
        return whole;
    }

    /// <summary>A pre-activation within the option <c>Clip</c>.</summary>
    public double[] Clipped(double[] values) => cell.Clip > 0 ? [.. values.Select(value => Math.Clamp(value, -(double)cell.Clip, cell.Clip))] : values;

    private Vector Pending(string gate, double[] sum, bool isPart) => new(sum, pending: new PendingGate(this, gate, isPart));

    private double[] InputPart(string gate, Vector x) => Biased("bias_ih", gate, Multiply("weight_ih", gate, x));

    private double[] StatePart(string gate, Vector h) => Biased("bias_hh", gate, Multiply("weight_hh", gate, h));

    private double[] Biased(string bias, string gate, double[] sum) =>
        cell.Bias && !cell.LayerNorm ? [.. sum.Zip(Rows(bias, gate), (a, b) => a + b)] : sum;

    private double[] Rows(string parameter, string gate) => Parameter(parameter, Index(parameter, gate) * cell.Units, cell.Units);

    private double[] Multiply(string stack, string gate, Vector vector)
    {
        _multiplied.Add((stack, gate));
        return Multiply(stack, Index(stack, gate), cell.Units, vector.Values);
    }

    private double[] Multiply(string parameter, int gate, int units, double[] vector)
    {
        double[] rows = Parameter(parameter, gate * units * vector.Length, units * vector.Length);
        var result = new double[units];
        for (int unit = 0; unit < units; unit++)
            for (int column = 0; column < vector.Length; column++)
                result[unit] += rows[(unit * vector.Length) + column] * vector[column];
        return result;
    }

    /// <summary>A gate's place among those of a parameter: in the order that the cell has fixed, or that of their first use.</summary>
    private int Index(string parameter, string gate)
    {
        if (!_gates.TryGetValue(parameter, out var gates))
            _gates.Add(parameter, gates = [.. _order]);
        if (!gates.Contains(gate))
            gates.Add(gate);
        return gates.IndexOf(gate);
    }

    private double[] Parameter(string name, int first, int count)
    {
        string whole = name + suffix;
        if (!parameters.TryGetValue(whole, out double[]? values))
            throw Refuse($"there is no parameter '{whole}'; there are: {string.Join(", ", parameters.Keys)}");
        _used[whole] = Math.Max(_used.GetValueOrDefault(whole), first + count);
        return first + count <= values.Length
            ? values[first..(first + count)]
            : throw Refuse($"the parameter '{whole}' has {values.Length} values; the equations use at least {first + count}");
    }

    private void CheckParameters()
    {
        foreach (var (name, count) in _used)
            if (count != parameters[name].Length && _order.Length == 0)
                throw Refuse($"the parameter '{name}' has {parameters[name].Length} values; the equations use {count}");
    }

    private double[] Fit(Vector value, int size, string what)
    {
        double[] values = value.Values;
        return values.Length == size ? values
            : values.Length == 1 ? [.. Enumerable.Repeat(values[0], size)]
            : throw Refuse($"{what} has {values.Length} units, not {size}");
    }

    private InvalidOperationException Refuse(string reason) => new($"{cell.GetType().Name}: {reason}.");
}

/// <summary>What a step has computed.</summary>
/// <param name="Output">The layer's output.</param>
/// <param name="States">The states' next values.</param>
/// <param name="PreActivations">The gates' pre-activations.</param>
internal sealed record CellStep(double[] Output, IReadOnlyDictionary<string, double[]> States, IReadOnlyDictionary<string, double[]> PreActivations);
