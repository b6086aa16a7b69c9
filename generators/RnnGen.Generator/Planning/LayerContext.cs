using RnnGen.Generator.Cells;

namespace RnnGen.Generator.Planning;

/// <summary>What the plans of a layer's stages share: which values live in memory, and with what strides.</summary>
internal sealed class LayerContext
{
    public LayerContext(string id, string name, CellGraph cell, int inputSize, int inputStride, bool recurrent)
    {
        (Id, Name, Cell, InputSize, InputStride, Recurrent) = (id, name, cell, inputSize, inputStride, recurrent);
        Blockings = cell.Stages.Select(stage => BlockingFor(stage.Units)).ToList();
    }

    public string Id { get; }

    /// <summary>The layer's name, for sentences.</summary>
    public string Name { get; }

    public CellGraph Cell { get; }

    public int InputSize { get; }

    public int InputStride { get; }

    public bool Recurrent { get; }

    /// <summary>How each stage's units are cut.</summary>
    public IReadOnlyList<Blocking> Blockings { get; }

    /// <summary>The constant in generated code that holds the layer's inputs.</summary>
    public string InputsName => Id + "Inputs";

    /// <summary>The prefix of a stage's methods and constants.</summary>
    public string StageId(int stage) => stage == 0 ? Id : Id + "Stage" + Ir.Names.Number(stage + 1);

    /// <summary>The constant in generated code that holds the size of a variable.</summary>
    public string UnitsNameOf(string variable) => UnitsName(StageOf(Cell.States.FirstOrDefault(state => state.Previous == variable)?.Name ?? variable));

    /// <summary>The constant in generated code that holds a stage's units.</summary>
    public string UnitsName(int stage) => StageId(stage) + "Units";

    /// <summary>The constant in generated code that holds a stage's units, padding included.</summary>
    public string PaddedUnitsName(int stage) => StageId(stage) + "PaddedUnits";

    /// <summary>The constants that the layer's kernels use.</summary>
    public IEnumerable<ConstantPlan> Constants()
    {
        yield return new ConstantPlan(InputsName, InputSize, $"{Name}: features in.");
        for (int stage = 0; stage < Cell.Stages.Count; stage++)
        {
            yield return new ConstantPlan(UnitsName(stage), Cell.Stages[stage].Units, $"{Name}: units.");
            yield return new ConstantPlan(PaddedUnitsName(stage), Blockings[stage].PaddedUnits, $"{Name}: units, padding to whole vectors included.");
        }
    }

    /// <summary>How vectors of so many units are cut: alike in all stages, whose equations share values, and whose matrices may be gates of one parameter.</summary>
    public Blocking BlockingFor(int units) =>
        Blocking.For(units, Cell.Stages.Where(stage => stage.Units == units).Select(stage => stage.Accumulators.Count).DefaultIfEmpty().Max());

    /// <summary>The stage that computes a variable.</summary>
    public int StageOf(string variable) => Cell.Stages.ToList().FindIndex(stage => stage.Computed.Contains(variable));

    /// <summary>Floats a row of a variable that lives in memory under its own name.</summary>
    public int StrideOf(string variable)
    {
        var state = Cell.States.FirstOrDefault(candidate => candidate.Previous == variable);
        return Blockings[StageOf(state?.Name ?? variable)].PaddedUnits;
    }

    /// <summary>Floats a row of a value's gradient: the product that computes it may pad more than the value's own stage.</summary>
    public int GradientStrideOf(string variable, int size) => System.Math.Max(StrideOf(variable), Blocking.For(size, 1).PaddedUnits);

    /// <summary>The variables of a stage that have a place in memory of their own: states, the output, and what later stages use.</summary>
    public IEnumerable<string> Stored(int stage) => Cell.Stages[stage].Computed.Where(variable => IsState(variable) || variable == Cell.Output || IsExported(variable));

    /// <summary>Whether a later stage uses a variable that is neither state nor output.</summary>
    public bool IsExported(string variable) => !IsState(variable) && variable != Cell.Output && UsedAfter(variable);

    /// <summary>Whether a variable receives a gradient from a later stage.</summary>
    public bool UsedAfter(string variable)
    {
        int stage = StageOf(variable);
        return stage >= 0 && Cell.Stages.Skip(stage + 1).Any(later => Uses(later, variable));
    }

    public bool IsState(string variable) => Cell.States.Any(state => state.Name == variable);

    private static bool Uses(Stage stage, string variable) =>
        stage.Equations.Any(equation => equation.Value.Variables.Contains(variable)) ||
        stage.Accumulators.Any(accumulator => accumulator.Terms.Any(term => term.Source is { Kind: SourceKind.Stage } source && source.Name == variable));
}
