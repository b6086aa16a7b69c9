using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Cells.Vocabulary;

/// <summary>
/// Makes stages of what a user's equations define. A value is computed as early as its operands allow; a product and a parameter vector stand in the stage that
/// uses them. A stage has vectors of one size, so values of one moment and several sizes are several stages.
/// </summary>
internal sealed class StageScheduler
{
    private readonly CellRecorder _recorder;
    private readonly RecordedNames _names;
    private readonly Dictionary<string, Recorded> _recorded;
    private readonly Dictionary<string, int> _levels = [];
    private readonly Dictionary<string, (int Level, int Size)> _homes = [];
    private readonly Dictionary<(string Name, int Level, int Size), string> _places = [];
    private readonly HashSet<string> _copies = [];
    private CellGraphBuilder _builder = null!;

    public StageScheduler(CellRecorder recorder, RecordedNames names)
    {
        (_recorder, _names) = (recorder, names);
        _recorded = recorder.Recorded.ToDictionary(item => item.Name);
    }

    /// <summary>Adds the stages to a graph whose states and parameters are declared.</summary>
    /// <param name="builder">The graph.</param>
    /// <param name="aligned">The vectors from outside that equations may use, with their sizes.</param>
    public void Schedule(CellGraphBuilder builder, IReadOnlyList<(string Name, int Size)> aligned)
    {
        _builder = builder;
        var values = _recorder.Recorded.OfType<Recorded.Value>().ToList();
        var stages = values.Select(StageOf).Distinct().ToList();
        FindHomes(values);
        foreach (var (name, size) in aligned.Where(vector => _recorder.Recorded.Any(item => Reads(item, vector.Name))))
            builder.Align(name, size);
        foreach (var stage in stages.OrderBy(stage => stage.Level).ToList())
            Emit(stage, values.Where(value => StageOf(value) == stage).ToList());
        builder.SetOutput(new Variable(_recorder.OutputVariable));
    }

    private (int Level, int Size) StageOf(Recorded.Value value) => (LevelOf(value.Name), value.Size);

    /// <summary>A sum stands where it is used first; where later stages use it too, a value has it.</summary>
    private void FindHomes(IReadOnlyList<Recorded.Value> values)
    {
        foreach (var value in values)
            foreach (string sum in Operands(value.Expression).Where(name => _recorded.TryGetValue(name, out var item) && item is Recorded.Sum))
            {
                var stage = StageOf(value);
                if (!_homes.TryGetValue(sum, out var home))
                    _homes.Add(sum, stage);
                else if (home != stage)
                {
                    _copies.Add(sum);
                    _homes[sum] = stage.Level < home.Level ? stage : home;
                }
            }
    }

    private void Emit((int Level, int Size) stage, IReadOnlyList<Recorded.Value> values)
    {
        _builder.BeginStage(stage.Size);
        foreach (var sum in _recorder.Recorded.OfType<Recorded.Sum>().Where(sum => _homes.TryGetValue(sum.Name, out var home) && home == stage))
        {
            _builder.Accumulate(sum.Name, sum.Terms);
            if (_copies.Contains(sum.Name))
                _places.Add((sum.Name, -1, 0), ((Variable)_builder.Let(_names.Take(sum.Name + "Value"), new Variable(sum.Name))).Name);
        }

        foreach (var value in values)
            _builder.Let(value.Name, Placed(value.Expression, stage));
    }

    /// <summary>An expression as a stage sees it: numbers for all units, parameter vectors and sums are there under names of the stage's own.</summary>
    private Expr Placed(Expr expression, (int Level, int Size) stage) => Simplifier.Simplify(Substitution.Apply(expression, name =>
        !_recorded.TryGetValue(name, out var item) ? null : item switch
        {
            Recorded.Sum when _copies.Contains(name) && _homes[name] != stage => new Variable(_places[(name, -1, 0)]),
            Recorded.Weight weight => Once(weight, stage, own => _builder.Use(new Diagonal(own, weight.Parameter, weight.Gate))),
            Recorded.Number number => Once(number, stage, own => Number(own, number.Source, stage)),
            _ => null,
        }));

    private Expr Number(string own, NumberSource source, (int Level, int Size) stage)
    {
        if (source.Expression is { } expression)
            return _builder.Let(own, Placed(expression, stage));
        if (source.Parameter is not { } parameter)
            return _builder.Average(new Mean(own, source.Variable, source.First, source.Count));
        string value = _names.Take(own + "Parameter");
        _builder.Use(new Diagonal(value, parameter, 0), isNumber: true);
        return _builder.Average(new Mean(own, value, 0, 1));
    }

    private Variable Once(Recorded item, (int Level, int Size) stage, Action<string> create)
    {
        var key = (item.Name, stage.Level, stage.Size);
        if (!_places.TryGetValue(key, out string? own))
        {
            own = _places.Keys.Any(place => place.Name == item.Name) ? _names.Take(item.Name) : item.Name;
            _places.Add(key, own);
            create(own);
        }

        return new Variable(own);
    }

    private int LevelOf(string name)
    {
        if (!_levels.TryGetValue(name, out int level))
            _levels.Add(name, level = _recorded.TryGetValue(name, out var item) ? LevelOf(item) : 0);
        return level;
    }

    private int LevelOf(Recorded item) => item switch
    {
        Recorded.Value value => value.Expression.Variables.Select(LevelOf).DefaultIfEmpty(0).Max(),
        Recorded.Sum sum => sum.Terms.Where(term => term.Source is { Kind: SourceKind.Stage }).Select(term => LevelOf(term.Source!.Name) + 1).DefaultIfEmpty(0).Max(),
        Recorded.Number { Source.Expression: { } expression } => expression.Variables.Select(LevelOf).DefaultIfEmpty(0).Max(),
        Recorded.Number { Source: var source } => _recorded.ContainsKey(source.Variable) ? LevelOf(source.Variable) + 1 : 0,
        _ => 0,
    };

    /// <summary>The variables of an expression, and of the numbers that it mentions.</summary>
    private IEnumerable<string> Operands(Expr expression) => expression.Variables.SelectMany(name =>
        _recorded.TryGetValue(name, out var item) && item is Recorded.Number { Source.Expression: { } inner } ? Operands(inner) : [name]);

    private static bool Reads(Recorded item, string name) => item switch
    {
        Recorded.Value value => value.Expression.Variables.Contains(name),
        Recorded.Number { Source: var source } => source.Variable == name || source.Expression?.Variables.Contains(name) == true,
        _ => false,
    };
}
