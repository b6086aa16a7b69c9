using RnnGen.Generator.Ir;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Cells.Vocabulary;

/// <summary>
/// The vocabulary of a user's equations: what each word adds to the recording. It decides names and refuses what contradicts itself; <see cref="StageScheduler"/>
/// makes stages of it.
/// </summary>
internal sealed partial class CellRecorder
{
    /// <summary>The layer's input among aligned vectors, and its name for display.</summary>
    public const string InputName = "x";

    // More than any kernel could be; the editor reads a loop without an end at each keystroke.
    private const int MaxRecorded = 4096;
    private readonly CellOptions _options;
    private readonly RecordingHints _hints;
    private readonly Func<string, string, Exception> _refuse;
    private readonly RecordedNames _names = new();
    private readonly List<Recorded> _recorded = [];
    private readonly List<CellState> _states = [];
    private readonly HashSet<string> _set = [];
    private readonly Dictionary<string, int> _named = [];
    private readonly Dictionary<int, string> _nextValues = [];
    private readonly VectorValue _input;
    private string? _output;
    private int _values;

    /// <param name="options">What the equations are recorded for.</param>
    /// <param name="hints">What a first reading has told.</param>
    /// <param name="refuse">Makes an exception of what is wrong and what to write instead.</param>
    public CellRecorder(CellOptions options, RecordingHints hints, Func<string, string, Exception> refuse)
    {
        (_options, _hints, _refuse) = (options, hints, refuse);
        foreach (string state in hints.States)
        {
            _names.Reserve(state);
            _names.Reserve(CellState.PreviousOf(state));
        }

        _names.Reserve(InputName);
        _names.Reserve(DropoutCell.Noise);
        _input = new VectorValue(this, new Ir.Variable(InputName), options.InputSize) { Source = new VectorSource(SourceKind.Input, InputName) };
    }

    /// <summary>The size of the cell's vectors.</summary>
    public int Units => _options.Units;

    /// <summary>The names of values.</summary>
    public RecordedNames Names => _names;

    /// <summary>The size of the vector of recurrent dropout's noise; null where there is none.</summary>
    public int? Noise { get; private set; }

    /// <summary>The vectors from outside that equations may use, with their sizes.</summary>
    public IReadOnlyList<(string Name, int Size)> Aligned =>
        Noise is { } size ? [(InputName, _options.InputSize), (DropoutCell.Noise, size)] : [(InputName, _options.InputSize)];

    /// <summary>The layer's input.</summary>
    public VectorValue Input => _input;

    /// <summary>What the next reading should know.</summary>
    public RecordingHints Hints => new() { States = _states.Select(state => state.Name).ToList(), NextValues = _nextValues };

    /// <summary>Everything that was recorded, in order.</summary>
    public IReadOnlyList<Recorded> Recorded => _recorded;

    /// <summary>The states, in the order of their declaration.</summary>
    public IReadOnlyList<CellState> States => _states;

    /// <summary>The variable that is the cell's output.</summary>
    public string OutputVariable => _output ?? _states[0].Name;

    /// <summary>A number that is known, for all units.</summary>
    public VectorValue Number(float number) => new(this, new Constant(number), 0);

    public VectorValue State(string name, int size)
    {
        CheckName("state", name);
        CheckSize($"the state '{name}' has {Ir.Names.Number(size)} units", size);
        var state = _states.Find(candidate => candidate.Name == name);
        if (state is null)
            _states.Add(state = new CellState(name, size));
        else if (state.Size != size)
            throw _refuse($"the state '{name}' is declared with {state.Size} units and with {size}", "declare it once, and keep what State returns");
        return new VectorValue(this, new Ir.Variable(state.Previous), size) { Source = new VectorSource(SourceKind.State, name) };
    }

    public VectorValue Next(VectorValue state, VectorValue value)
    {
        if (state.Source is not { Kind: SourceKind.State } source)
            throw _refuse("the first argument of Next is not a state", "pass what State(\"…\") returned");
        if (!_set.Add(source.Name))
            throw _refuse($"the state '{source.Name}' is set twice", "call Next once for each state");
        value = Completed(value);
        if (value.Size != 0 && value.Size != state.Size)
            throw _refuse($"the state '{source.Name}' has {state.Size} elements, and its next value {value.Size}", "bring them to one size, for example by a Product");
        if (value.Value is Ir.Variable variable && variable.Name == source.Name)
            return value; // Named after the state when it was computed.
        if (value.Value is Ir.Variable named && _named.TryGetValue(named.Name, out int number) && !_nextValues.ContainsKey(number))
            _nextValues.Add(number, source.Name);
        _recorded.Add(new Recorded.Value(source.Name, state.Size, value.Value));
        return Variable(source.Name, state.Size);
    }

    public void Output(VectorValue value)
    {
        if (_output is not null)
            throw _refuse("Output is called twice", "call it once");
        value = Completed(value);
        if (value.Size == 0)
            throw _refuse("the output is a single number", "pass a vector");
        _output = value.Source is { Kind: SourceKind.Stage } source ? source.Name : Record("y", value).Source!.Name;
    }

    /// <summary>Gives a value the name of the variable that holds it. What is a variable already, or no vector yet, stays as it is.</summary>
    public VectorValue Named(string name, VectorValue value) =>
        value.Gate is not null || value.Rows is not null || value.Value is Ir.Variable or Constant ? value
        : value.Size == 0 ? Number(name, new NumberSource(value.Value))
        : Record(name, value);

    /// <summary>The mean over all elements.</summary>
    public VectorValue Mean(VectorValue value)
    {
        value = Completed(value);
        if (value.Size == 0)
            return value;
        if (value.Source is null)
            value = Record("averaged", value);
        CheckElements(value);
        return Number(((Ir.Variable)value.Value).Name + "Mean", new NumberSource(null, ((Ir.Variable)value.Value).Name, 0, value.Size));
    }

    public VectorValue Feature(int index)
    {
        CheckElements(_input);
        return index >= 0 && index < _options.InputSize
            ? Number("feature" + Ir.Names.Number(index), new NumberSource(null, InputName, index, 1))
            : throw _refuse($"there is no feature {index}: the layer reads {_options.InputSize}", $"write an index from 0 to {_options.InputSize - 1}");
    }

    /// <summary>The elements of a vector, as elementwise equations use them.</summary>
    public Expr Elements(VectorValue value)
    {
        value = Completed(value);
        CheckElements(value);
        return value.Value;
    }

    /// <summary>A state that nothing sets; null where there is none.</summary>
    public string? Unset => _states.Find(state => !_set.Contains(state.Name))?.Name;

    /// <summary>Refuses what a whole recording lacks.</summary>
    public void CheckWhole()
    {
        if (Unset is { } state)
            throw _refuse($"the state '{state}' is never set", $"write Next({state}, …)");
        if (_states.Count == 0)
            throw _refuse("the cell has no state", "declare one with State(\"h\") and set it with Next, or use [Dense] for what has no state");
    }

    private VectorValue Record(string name, VectorValue value)
    {
        if (_recorded.Count >= MaxRecorded)
            throw _refuse($"there are more than {MaxRecorded} equations", "check that loops end, or use fewer and longer vectors");
        int number = _values++;
        bool isNext = _hints.NextValues.TryGetValue(number, out string? state);
        string own = isNext ? state! : _names.Take(name);
        _recorded.Add(new Recorded.Value(own, value.Size, Elements(value)));
        _named[own] = number;
        return Variable(own, value.Size);
    }

    private VectorValue Number(string name, NumberSource source)
    {
        string own = _names.Take(name);
        _recorded.Add(new Recorded.Number(own, source));
        return new VectorValue(this, new Ir.Variable(own), 0);
    }

    private VectorValue Variable(string name, int size) => new(this, new Ir.Variable(name), size) { Source = new VectorSource(SourceKind.Stage, name) };

    private void CheckElements(VectorValue value)
    {
        if (value.Rows is { } parameter)
            throw _refuse($"the parameter '{parameter}' has {value.RowCount} rows and is used as one vector", "take a row by its index: p[0]");
        if (ReferenceEquals(value, _input) && _options.TakesClasses)
            throw _refuse("the input is a class, and its elements are used", "let a Gate or a Product multiply it, or put [Embedding] before the layer");
    }

    private void CheckSize(string problem, params IEnumerable<int> sizes)
    {
        if (sizes.Any(size => size is < 1 or > Sizes.Largest))
            throw _refuse(problem, $"write sizes from 1 to {Ir.Names.Number(Sizes.Largest)}");
    }

    private void CheckName(string what, string name)
    {
        if (!RecordedNames.IsValid(name) && !(what != "state" && RecordedNames.IsWord(name)))
            throw _refuse($"'{name}' cannot be the name of a {what}", "use a C# identifier that is not a keyword");
    }
}
