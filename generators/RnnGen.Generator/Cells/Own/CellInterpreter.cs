using RnnGen.Generator.Cells.Vocabulary;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Cells.Own;

/// <summary>
/// Executes the definition of a user's equations with the options of a layer. Numbers, texts and arrays are computed; vectors are recorded. What depends on a
/// vector's elements cannot be asked for: a definition that ends is a list of equations.
/// </summary>
internal sealed partial class CellInterpreter
{
    // An editor reads the cell at each keystroke, also while a loop has no end yet.
    private const int MaxSteps = 100_000;
    private const int MaxDepth = 64;
    private const int MaxElements = 65536;
    private readonly CellNode _definition;
    private readonly LayerSpec _layer;
    private readonly Dictionary<string, object?> _options = [];
    private readonly Dictionary<string, CellNode> _states = [];
    private readonly Dictionary<string, object?> _arguments = [];
    private Scope _scope = new(null);
    private CellRecorder? _recorder;
    private CellNode _at;
    private CellNode? _loop;
    private int _steps;
    private int _depth;

    /// <param name="definition">The cell.</param>
    /// <param name="layer">The layer, whose options the definition reads.</param>
    public CellInterpreter(CellNode definition, LayerSpec layer)
    {
        (_definition, _layer, _at) = (definition, layer, definition);
        Construct();
    }

    /// <summary>The size of the cell's vectors.</summary>
    public int Units { get; private set; }

    /// <summary>Records the equations.</summary>
    public void Run(CellRecorder recorder)
    {
        _recorder = recorder;
        Call(Method(OwnCellWords.Define), [recorder.Input]);
        _at = recorder.Unset is { } state ? _states[state] : Method(OwnCellWords.Define);
        recorder.CheckWhole();
    }

    /// <summary>An exception for the current piece.</summary>
    public Exception Refuse(string problem, string instead) => new CellProblemException(_at.Place, problem, instead);

    /// <summary>Runs the constructor: its parameters are the attribute's arguments, and named arguments come last.</summary>
    private void Construct()
    {
        var constructor = _definition.Children.First(child => child.Kind == NodeKind.Constructor);
        var arguments = OwnCellOptions.Values(_layer).ToList();
        foreach (var parameter in constructor.Children.Where(child => child.Kind == NodeKind.Parameter))
        {
            // Those of the constructor come first; a property may be called like one.
            int place = arguments.FindIndex(argument => argument.Name == OwnCellOptions.OfParameter(parameter.Text));
            _arguments[parameter.Text] = place < 0 ? null : arguments[place].Value;
            _scope.Declare(parameter.Text, _arguments[parameter.Text]);
            if (place >= 0)
                arguments.RemoveAt(place);
        }

        foreach (var option in _definition.Children.Where(child => child.Kind == NodeKind.Option))
            Option(option.Text);
        Units = (int)Evaluate(constructor.Children.First(child => child.Kind != NodeKind.Parameter))!;
        Execute(constructor.Children.Last());
        foreach (var (name, value) in arguments.Where(argument => _options.ContainsKey(argument.Name)))
            _options[name] = value;
        if (Units < 1)
            throw Refuse($"the cell has {Units} units", "use at least 1");
    }

    /// <summary>The value of an option of the cell's own, or of a parameter of its constructor.</summary>
    private object? Option(string name)
    {
        if (_options.TryGetValue(name, out object? value) || _arguments.TryGetValue(name, out value))
            return value;
        if (_definition.Find(NodeKind.Option, name) is { } option)
            return _options[name] = option.Children.Count > 0 ? Evaluate(option.Children[0]) : null;
        throw Refuse($"there is no option '{name}'", "write a property of the cell");
    }

    private CellNode Method(string name) => _definition.Find(NodeKind.Method, name) ?? throw Refuse($"there is no method '{name}'", "write it in the cell");

    private object? Call(CellNode method, IReadOnlyList<object?> arguments)
    {
        if (++_depth > MaxDepth)
            throw Refuse($"'{method.Text}' calls itself, or methods nest deeper than {MaxDepth}", "write a loop of constant length");
        var caller = _scope;
        _scope = new Scope(null);
        var parameters = method.Children.Where(child => child.Kind == NodeKind.Parameter).ToList();
        var body = method.Children[parameters.Count];
        for (int index = 0; index < parameters.Count; index++)
        {
            // What is used twice is computed once; nested calls would double it each time.
            string name = parameters[index].Text;
            _scope.Declare(name, body.Uses(name) > 1 ? Named(name, arguments[index]) : arguments[index]);
        }

        var end = Execute(body);
        _scope = caller;
        _depth--;
        return end.Kind == EndKind.Return ? end.Value : null;
    }

    private void Count()
    {
        if (++_steps <= MaxSteps)
            return;
        _at = _loop ?? _at;
        throw Refuse("a loop does not end, or takes more than a hundred thousand steps", "write a loop whose length is constant");
    }

    /// <summary>How a statement ended.</summary>
    private enum EndKind
    {
        Next,
        Break,
        Continue,
        Return,
    }

    private readonly record struct End(EndKind Kind, object? Value = null);

    /// <summary>The variables of a block and of those around it.</summary>
    private sealed class Scope(Scope? outer)
    {
        private readonly Dictionary<string, object?> _values = [];

        public Scope? Outer => outer;

        public void Declare(string name, object? value) => _values[name] = value;

        public object? this[string name]
        {
            get => Owner(name)._values[name];
            set => Owner(name)._values[name] = value;
        }

        private Scope Owner(string name)
        {
            for (var scope = this; scope is not null; scope = scope.Outer)
                if (scope._values.ContainsKey(name))
                    return scope;
            throw new CellProblemException(0, $"there is no variable '{name}'", "declare it");
        }
    }
}
