using Microsoft.CodeAnalysis.CSharp;

namespace RnnGen.Generator.Cells;

/// <summary>
/// Refuses equations that could not be computed or printed: a name defined twice, a value used before it is there or where vectors have another size, rows of a
/// parameter used twice. Each message names the cell and the value, so that the author of a cell meets it at once.
/// </summary>
internal sealed class CellRules(string kind, IReadOnlyList<CellParameter> parameters)
{
    private readonly Dictionary<string, int> _sizes = [];
    private readonly HashSet<string> _gradients = [];
    private readonly HashSet<string> _ofStage = [];
    private readonly HashSet<string> _ofEarlierStages = [];
    private readonly HashSet<(string Parameter, int Gate)> _used = [];
    private readonly HashSet<(string Parameter, int Gate)> _elementwise = [];
    private readonly HashSet<(string Parameter, int Gate)> _elementwiseHere = [];

    /// <summary>Every name that is taken.</summary>
    public IEnumerable<string> Names => _sizes.Keys;

    public int SizeOf(string name) => _sizes[name];

    /// <summary>Takes a name for a value that later stages may use.</summary>
    public void Define(string name, int size)
    {
        if (!SyntaxFacts.IsValidIdentifier(name) || SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None)
            throw Refuse($"'{name}' cannot be the name of a value: it is no identifier, or a word of C#.");
        if (_sizes.ContainsKey(name))
            throw Refuse($"'{name}' is defined twice.");
        if (_gradients.Contains(name) || _sizes.ContainsKey(Ir.Names.Gradient(name)))
            throw Refuse($"'{name}' meets the name of a gradient; a gradient is called like its value, with a d before it.");
        _sizes.Add(name, size);
        _gradients.Add(Ir.Names.Gradient(name));
    }

    /// <summary>Takes a name for a value that only the current stage may use: a pre-activation, a parameter vector.</summary>
    public void DefineInStage(string name, int size)
    {
        Define(name, size);
        _ofStage.Add(name);
    }

    public void EndStage()
    {
        _ofEarlierStages.UnionWith(_ofStage);
        _ofStage.Clear();
        _elementwise.UnionWith(_elementwiseHere);
        _elementwiseHere.Clear();
    }

    public void CheckParameter(CellParameter parameter)
    {
        if (parameters.Any(earlier => earlier.Name == parameter.Name))
            throw Refuse($"the parameter '{parameter.Name}' is declared twice.");
    }

    public void CheckState(CellState state, int stageUnits)
    {
        if (state.Size != stageUnits)
            throw Refuse($"the state '{state.Name}' has {state.Size} units, its stage {stageUnits}.");
    }

    public void CheckUse(string name, string used, int stageUnits)
    {
        if (!_sizes.TryGetValue(used, out int size))
            throw Refuse($"the equation of '{name}' uses '{used}', which nothing defines before it.");
        if (_ofEarlierStages.Contains(used))
            throw Refuse($"the equation of '{name}' uses '{used}', which an earlier stage keeps to itself; name it there with Let.");
        if (size != stageUnits)
            throw Refuse($"the equation of '{name}' has {stageUnits} units and uses '{used}', which has {size}.");
    }

    /// <param name="mean">The mean.</param>
    /// <param name="here">What the current stage has computed so far.</param>
    public void CheckMean(Mean mean, IEnumerable<string> here)
    {
        if (!_sizes.TryGetValue(mean.Source, out int size) || here.Contains(mean.Source) || _ofEarlierStages.Contains(mean.Source))
            throw Refuse($"'{mean.Name}' is the mean of '{mean.Source}', which no earlier stage computes.");
        if (mean.First < 0 || mean.Count < 1 || mean.First + mean.Count > size)
            throw Refuse($"'{mean.Name}' is the mean of elements {mean.First} to {mean.First + mean.Count - 1} of '{mean.Source}', which has {size}.");
    }

    public void CheckTerms(string name, IReadOnlyList<Term> terms, int stageUnits, Func<string, bool> isComputedEarlier)
    {
        foreach (var term in terms)
        {
            var parameter = CheckRows(name, term.Parameter, term.Gate, stageUnits, isMatrix: term.Source is not null);
            if (term.Source is { } source)
                CheckSource(parameter, source, isComputedEarlier);
        }

        if (terms.Where(term => term.Source is not null).GroupBy(term => term.Source).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw Refuse($"the sum '{name}' multiplies '{twice.Key!.Name}' twice; one matrix does.");
    }

    /// <summary>Takes a gate of a parameter: a matrix lies in one place, so one term has it; a vector may be read by several stages.</summary>
    public CellParameter CheckRows(string name, string parameterName, int gate, int stageUnits, bool isMatrix, bool isElementwise = false)
    {
        var parameter = parameters.FirstOrDefault(candidate => candidate.Name == parameterName) ?? throw Refuse($"no parameter '{parameterName}' is declared.");
        if (gate < 0 || gate >= parameter.Gates)
            throw Refuse($"'{parameterName}' has {parameter.Gates} gates, no gate {gate}.");
        if (parameter.Units != stageUnits)
            throw Refuse($"'{name}' has {stageUnits} units, a gate of '{parameterName}' {parameter.Units}.");
        if (isMatrix != (parameter.Columns != 0))
            throw Refuse($"'{parameterName}' is a {(isMatrix ? "vector" : "matrix")}, '{name}' uses it as a {(isMatrix ? "matrix" : "vector")}.");
        if (!Take((parameterName, gate), isElementwise))
            throw Refuse($"gate {gate} of '{parameterName}' is used twice.");
        return parameter;
    }

    private bool Take((string, int) rows, bool isElementwise) => isElementwise
        ? !_used.Contains(rows) && _elementwiseHere.Add(rows)
        : !_elementwise.Contains(rows) && !_elementwiseHere.Contains(rows) && _used.Add(rows);

    public void CheckComputed(string name, IEnumerable<Stage> stages)
    {
        if (!stages.Any(stage => stage.Computed.Contains(name)))
            throw Refuse($"no equation sets '{name}'.");
    }

    private void CheckSource(CellParameter parameter, VectorSource source, Func<string, bool> isComputedEarlier)
    {
        if (source.Kind == SourceKind.Stage && !isComputedEarlier(source.Name))
            throw Refuse($"'{parameter.Name}' multiplies '{source.Name}', which no earlier stage computes.");
        string variable = source.Kind == SourceKind.State ? CellState.PreviousOf(source.Name) : source.Name;
        int size = source.Kind == SourceKind.Input ? CellGraphBuilder.InputColumns : _sizes.TryGetValue(variable, out int known) ? known
            : throw Refuse($"'{parameter.Name}' multiplies the state '{source.Name}', which is not declared.");
        if (parameter.Columns != size)
            throw Refuse($"'{parameter.Name}' has {Columns(parameter.Columns)}, '{source.Name}' {Columns(size)}.");
    }

    private static string Columns(int size) => size == CellGraphBuilder.InputColumns ? "the input's size" : $"{size} units";

    private InvalidOperationException Refuse(string reason) => new($"{kind}: {reason}");
}
