using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Cells;

/// <summary>Collects what a <see cref="Cell"/> states. <see cref="CellRules"/> refuses what could not be computed.</summary>
internal sealed class CellGraphBuilder
{
    /// <summary>Stands for the size of the layer's input, which a cell does not know.</summary>
    public const int InputColumns = -1;

    private readonly string _kind;
    private readonly List<string> _aligned = [];
    private readonly List<CellState> _states = [];
    private readonly List<CellParameter> _parameters = [];
    private readonly List<Stage> _stages = [];
    private readonly CellRules _rules;
    private int _stageUnits;
    private List<Accumulator> _accumulators = [];
    private List<Equation> _equations = [];
    private List<Diagonal> _diagonals = [];
    private List<Mean> _means = [];
    private string? _output;

    public CellGraphBuilder(string kind, int units)
    {
        (_kind, _stageUnits) = (kind, units);
        _rules = new CellRules(kind, _parameters);
    }

    /// <summary>The size of the vectors of the current stage.</summary>
    public int StageUnits => _stageUnits;

    public void AddState(CellState state)
    {
        _rules.Define(state.Previous, state.Size);
        _states.Add(state);
    }

    public void AddParameter(CellParameter parameter)
    {
        _rules.CheckParameter(parameter);
        _parameters.Add(parameter);
    }

    public Expr Align(string name) => Align(name, _stageUnits);

    public Expr Align(string name, int size)
    {
        _rules.Define(name, size);
        _aligned.Add(name);
        return new Variable(name);
    }

    public Expr Let(string name, Expr value)
    {
        foreach (string used in value.Variables)
            _rules.CheckUse(name, used, _stageUnits);
        if (_states.Find(state => state.Name == name) is { } state)
            _rules.CheckState(state, _stageUnits);
        _rules.Define(name, _stageUnits);
        _equations.Add(new Equation(name, value));
        return new Variable(name);
    }

    public Expr Accumulate(string name, IReadOnlyList<Term> terms)
    {
        _rules.CheckTerms(name, terms, _stageUnits, variable => _stages.Any(stage => stage.Computed.Contains(variable)));
        _rules.DefineInStage(name, _stageUnits);
        _accumulators.Add(new Accumulator(name, terms));
        return new Variable(name);
    }

    /// <param name="diagonal">The parameter.</param>
    /// <param name="isNumber">Whether it is one number, of which a <see cref="Mean"/> makes a vector.</param>
    public Expr Use(Diagonal diagonal, bool isNumber = false)
    {
        int size = isNumber ? 1 : _stageUnits;
        _rules.CheckRows(diagonal.Variable, diagonal.Parameter, diagonal.Gate, size, isMatrix: false, isElementwise: true);
        _rules.DefineInStage(diagonal.Variable, size);
        _diagonals.Add(diagonal);
        return new Variable(diagonal.Variable);
    }

    public Expr Average(Mean mean)
    {
        _rules.CheckMean(mean, _equations.Select(equation => equation.Name));
        _rules.DefineInStage(mean.Name, _stageUnits);
        _means.Add(mean);
        return new Variable(mean.Name);
    }

    public void SetOutput(Expr value) => _output = ((Variable)value).Name;

    public void BeginStage(int stageUnits)
    {
        EndStage();
        _stageUnits = stageUnits;
    }

    public CellGraph Build()
    {
        EndStage();
        foreach (var state in _states)
            _rules.CheckComputed(state.Name, _stages);
        string output = _output ?? _states[0].Name;
        _rules.CheckComputed(output, _stages);
        return new CellGraph(_kind, _rules.SizeOf(output), output, _aligned, _states, _parameters, _stages);
    }

    /// <summary>Those that one matrix feeds should lie side by side: first what only the input feeds, last what the input does not.</summary>
    private static int Sources(Accumulator accumulator)
    {
        var kinds = accumulator.Terms.Select(term => term.Source?.Kind).OfType<SourceKind>().ToList();
        return !kinds.Contains(SourceKind.Input) ? 2 : kinds.All(kind => kind == SourceKind.Input) ? 0 : 1;
    }

    private void EndStage()
    {
        if (_accumulators.Count + _equations.Count + _diagonals.Count + _means.Count == 0)
            return; // A first stage of another size than the cell's begins like any other.
        var equations = Normalizer.Normalize(_equations, _rules.Names);
        foreach (var equation in equations.Where(equation => !_equations.Exists(written => written.Name == equation.Name)))
            _rules.Define(equation.Name, _stageUnits);
        _stages.Add(new Stage(_stageUnits, [.. _accumulators.OrderBy(Sources)], equations, _diagonals) { Means = _means });
        (_accumulators, _equations, _diagonals, _means) = ([], [], [], []);
        _rules.EndStage();
    }
}
