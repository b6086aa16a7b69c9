using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Cells;

/// <summary>Collects what a <see cref="Cell"/> states, and refuses what could not be computed: a name defined twice, a value used before it is there.</summary>
internal sealed class CellGraphBuilder(string kind, int units)
{
    /// <summary>Stands for the size of the layer's input, which a cell does not know.</summary>
    public const int InputColumns = -1;

    private readonly List<CellState> _states = [];
    private readonly List<CellParameter> _parameters = [];
    private readonly List<Stage> _stages = [];
    private readonly HashSet<string> _defined = [];
    private int _stageUnits = units;
    private List<Accumulator> _accumulators = [];
    private List<Equation> _equations = [];
    private List<Diagonal> _diagonals = [];
    private string? _output;
    private int _outputSize = units;

    public void AddState(CellState state)
    {
        Define(state.Previous);
        _states.Add(state);
    }

    public void AddParameter(CellParameter parameter) => _parameters.Add(parameter);

    public Expr Let(string name, Expr value)
    {
        foreach (string used in value.Variables)
            if (!_defined.Contains(used))
                throw new InvalidOperationException($"{kind}: the equation of '{name}' uses '{used}', which nothing defines before it.");
        Define(name);
        if (_states.Find(state => state.Name == name) is { } state && state.Size != _stageUnits)
            throw new InvalidOperationException($"{kind}: the state '{name}' has {state.Size} units, its stage {_stageUnits}.");
        _equations.Add(new Equation(name, value));
        return new Variable(name);
    }

    public Expr Accumulate(string name, IReadOnlyList<Term> terms)
    {
        foreach (var term in terms)
            Check(term);
        Define(name);
        _accumulators.Add(new Accumulator(name, terms));
        return new Variable(name);
    }

    public Expr Use(Diagonal diagonal)
    {
        Find(diagonal.Parameter);
        Define(diagonal.Variable);
        _diagonals.Add(diagonal);
        return new Variable(diagonal.Variable);
    }

    public void SetOutput(Expr value)
    {
        _output = ((Variable)value).Name;
        _outputSize = _stageUnits;
    }

    public void BeginStage(int stageUnits)
    {
        EndStage();
        _stageUnits = stageUnits;
    }

    public CellGraph Build()
    {
        EndStage();
        foreach (var state in _states)
            if (!_defined.Contains(state.Name))
                throw new InvalidOperationException($"{kind}: no equation sets the state '{state.Name}'.");
        string output = _output ?? _states[0].Name;
        int outputSize = _output is null ? _states[0].Size : _outputSize;
        return new CellGraph(kind, outputSize, output, _states, _parameters, _stages);
    }

    private void EndStage()
    {
        _stages.Add(new Stage(_stageUnits, _accumulators, Normalizer.Normalize(_equations), _diagonals));
        (_accumulators, _equations, _diagonals) = ([], [], []);
    }

    private void Define(string name)
    {
        if (!_defined.Add(name))
            throw new InvalidOperationException($"{kind}: '{name}' is defined twice.");
    }

    private void Check(Term term)
    {
        var parameter = Find(term.Parameter);
        if (term.Gate < 0 || term.Gate >= parameter.Gates)
            throw new InvalidOperationException($"{kind}: '{term.Parameter}' has {parameter.Gates} gates, no gate {term.Gate}.");
        if (term.Source is { Kind: SourceKind.Stage } source && !_stages.Any(stage => stage.Computed.Contains(source.Name)))
            throw new InvalidOperationException($"{kind}: '{term.Parameter}' multiplies '{source.Name}', which no earlier stage computes.");
    }

    private CellParameter Find(string name) =>
        _parameters.Find(parameter => parameter.Name == name) ?? throw new InvalidOperationException($"{kind}: no parameter '{name}' is declared.");
}
