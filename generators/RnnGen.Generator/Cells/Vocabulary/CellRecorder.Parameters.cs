using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Cells.Vocabulary;

/// <content>Parameters: the stacks of gates, and those of the cell's own.</content>
internal sealed partial class CellRecorder
{
    private readonly Dictionary<string, List<string>> _stacks = Stack.All.ToDictionary(stack => stack, _ => new List<string>());
    private readonly Dictionary<string, int> _columns = [];
    private readonly List<CellParameter> _own = [];
    private readonly Dictionary<string, (string Key, VectorValue Value)> _ownValues = [];

    /// <summary>A matrix of its own times a vector.</summary>
    public VectorValue Product(string name, VectorValue vector, int units, bool trained)
    {
        CheckSize($"the product '{name}' has {Ir.Names.Number(units)} rows", units);
        var source = SourceOf(name + "Vector", vector);
        return OnceOwn(name, $"{source} {units}", () =>
        {
            int columns = source.Kind == SourceKind.Input ? CellGraphBuilder.InputColumns : vector.Size;
            Add(new CellParameter(name, 1, units, columns, _options.Units) { Trained = trained });
            return new VectorValue(this, Sum(name + "Product", units, [new Term(name, 0, source)]), units);
        });
    }

    /// <summary>A parameter vector, or several.</summary>
    public VectorValue Weight(string name, float? initial, int size, int rows, bool trained)
    {
        CheckSize($"the parameter '{name}' has {Ir.Names.Number(rows)} rows of {Ir.Names.Number(size)}", rows, size);
        return OnceOwn(name, $"{size} {rows}", () =>
        {
            Add(new CellParameter(name, rows, size, 0, _options.Units) { Trained = trained, InitialValues = Enumerable.Repeat(initial, rows).ToList() });
            return rows == 1 ? new VectorValue(this, AddWeight(name, size, name, 0), size) : new VectorValue(this, new Constant(0), size) { Rows = name, RowCount = rows };
        });
    }

    /// <summary>One row of such a parameter.</summary>
    public VectorValue Row(VectorValue value, int row)
    {
        if (value.Rows is not { } name)
            return row == 0 ? value : throw _refuse($"a vector has no row {row}", "take rows only of a Weight that has several");
        return row >= 0 && row < value.RowCount
            ? OnceOwn($"{name}{Ir.Names.Number(row)}", "", () => new VectorValue(this, AddWeight($"{name}{Ir.Names.Number(row)}", value.Size, name, row), value.Size))
            : throw _refuse($"the parameter '{name}' has no row {row}: it has {value.RowCount}", $"write an index from 0 to {value.RowCount - 1}");
    }

    /// <summary>A parameter that is one number.</summary>
    public VectorValue Scalar(string name, float initial, bool trained) => OnceOwn(name, "", () =>
    {
        Add(new CellParameter(name, 1, 1, 0, 0) { Trained = trained, InitialValues = [initial] });
        return Number(name, new NumberSource(null, Parameter: name));
    });

    /// <summary>All parameters in canonical order: the stacks of gates, learned states, gains, the cell's own.</summary>
    public IEnumerable<CellParameter> Parameters()
    {
        foreach (string stack in Stack.All.Where(IsDeclared))
            yield return Stacked(stack, _columns.TryGetValue(stack, out int columns) ? columns : 0, _stacks[stack].Select(gate => InitialBias(stack, gate)).ToList());
        foreach (var state in _states.Where(_ => _options.LearnsState))
            yield return new CellParameter(CellState.LearnedOf(state.Name), 1, state.Size, 0, 0);
        if (_stacks[Stack.Gains] is { Count: > 0 } gains && _options.Normalized)
            yield return Stacked(Stack.Gains, 0, gains.Select(_ => (float?)1).ToList());
        foreach (var parameter in _own)
            yield return parameter;
    }

    private bool IsDeclared(string stack) =>
        _stacks[stack].Count > 0 && stack != Stack.Gains && (_options.Biased || stack is not (Stack.InputBias or Stack.HiddenBias));

    /// <summary>What the sum of a gate's two biases is at first; null where they are drawn.</summary>
    public Func<string, float?> FirstBias { get; init; } = _ => null;

    private float? InitialBias(string stack, string gate) => stack switch
    {
        Stack.InputBias => FirstBias(gate),
        Stack.HiddenBias => FirstBias(gate) is null ? null : 0,
        _ => null,
    };

    private CellParameter Stacked(string stack, int columns, IReadOnlyList<float?> initial) =>
        new(stack, _stacks[stack].Count, _options.Units, columns, _options.Units) { GateNames = _stacks[stack], InitialValues = initial };

    private void Add(CellParameter parameter)
    {
        CheckName("parameter", parameter.Name);
        if (Stack.All.Contains(parameter.Name) || _states.Any(state => CellState.LearnedOf(state.Name) == parameter.Name))
            throw _refuse($"'{parameter.Name}' is the name of a parameter that gates have", "give it another one");
        if (parameter.Name.EndsWith("_reverse", StringComparison.Ordinal))
            throw _refuse($"the name '{parameter.Name}' ends like those of the parameters of a reverse direction", "give it another name");
        _own.Add(parameter);
    }

    private VectorValue OnceOwn(string name, string key, Func<VectorValue> create)
    {
        if (!_ownValues.TryGetValue(name, out var known))
            _ownValues.Add(name, known = (key, create()));
        return known.Key == key ? known.Value : throw _refuse($"the parameter '{name}' is used twice, with different sizes or vectors", "give the second one its own name");
    }

    /// <summary>A gate's place among those of a stack.</summary>
    private int IndexOf(string stack, string gate)
    {
        if (_order.Count > 0 && !_order.Contains(gate))
            throw _refuse($"GateOrder does not name the gate '{gate}'", "name all gates there");
        var gates = _stacks[stack];
        if (!gates.Contains(gate))
            gates.AddRange(_order.Count > 0 ? _order : [gate]);
        return gates.IndexOf(gate);
    }

    private void Columns(string stack, int columns, string gate)
    {
        if (!_columns.TryGetValue(stack, out int known))
            _columns.Add(stack, columns);
        else if (known != columns)
            throw _refuse(
                $"the gate '{gate}' multiplies a vector of {Size(columns)} and other gates one of {Size(known)}, but all of {stack} is one matrix",
                "give all gates vectors of one size, or use a Product");
    }

    private static string Size(int columns) => columns == CellGraphBuilder.InputColumns ? "the input's size" : $"{columns} units";

    private void CheckSizes(VectorValue left, VectorValue right)
    {
        if (left.Size != right.Size && left.Size != 0 && right.Size != 0)
            throw _refuse($"an equation has a vector of {left.Size} elements and one of {right.Size}", "bring them to one size, for example by a Product");
    }
}
