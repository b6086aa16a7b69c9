using RnnGen.Generator.Cells;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Planning;

/// <summary>What the plans of a part's stages share: which values live in memory, and with what strides.</summary>
internal sealed class LayerContext
{
    private readonly Part _part;

    public LayerContext(Part part, int inputStride, IReadOnlyDictionary<string, AlignedValue> aligned, bool accumulatesInput, NameScope weightNames)
    {
        (_part, InputStride, Aligned, AccumulatesInput, WeightNames) = (part, inputStride, aligned, accumulatesInput, weightNames);
        Blockings = Cell.Stages.Select(stage => BlockingFor(stage.Units)).ToList();
    }

    public string Id => _part.Id + _part.KernelTail;

    /// <summary>The part's name, for sentences.</summary>
    public string Name => _part.Name;

    public CellGraph Cell => _part.Cell!;

    public int InputSize => _part.InputSize;

    public int InputStride { get; }

    /// <summary>The vectors from outside that equations use elementwise.</summary>
    public IReadOnlyDictionary<string, AlignedValue> Aligned { get; }

    /// <summary>Whether the gradient of the input is added to what others, who also read it, have left there.</summary>
    public bool AccumulatesInput { get; }

    /// <summary>What is called how in the network's weights.</summary>
    public NameScope WeightNames { get; }

    /// <summary>What kernels are called whose names come from those of values.</summary>
    public NameScope Methods { get; } = new(_ => false);

    /// <summary>Whether the input is a class, whose column is taken; its gradient means nothing.</summary>
    public bool Gathers { get; init; }

    public bool Recurrent => _part.Role == PartRole.Recurrent;

    /// <summary>Whether training alone computes it.</summary>
    public bool IsOfTraining => _part.Role == PartRole.Noise || _part.KernelTail.Length > 0;

    /// <summary>Whether states become 0 at masked steps.</summary>
    public bool ResetsMasked => _part.ResetsMasked;

    /// <summary>Whether kernels for the one fit the rows of the other.</summary>
    public bool HasShapeOf(LayerContext other) =>
        (InputSize, InputStride, AccumulatesInput, Gathers, Recurrent, ResetsMasked) ==
        (other.InputSize, other.InputStride, other.AccumulatesInput, other.Gathers, other.Recurrent, other.ResetsMasked)
        && Aligned.Count == other.Aligned.Count && Aligned.All(aligned => other.Aligned.TryGetValue(aligned.Key, out var value) && value == aligned.Value);

    /// <summary>How each stage's units are cut.</summary>
    public IReadOnlyList<Blocking> Blockings { get; }

    /// <summary>The constant in generated code that holds the layer's inputs.</summary>
    public string InputsName => Id + "Inputs";

    /// <summary>The prefix of a stage's methods and constants.</summary>
    public string StageId(int stage) => StageId(Id, stage);

    /// <summary>The same for a part of some other id.</summary>
    public static string StageId(string id, int stage) => stage == 0 ? id : id + "Stage" + Ir.Names.Number(stage + 1);

    /// <summary>The constant in generated code that holds the size of a variable.</summary>
    public string UnitsNameOf(string variable) => UnitsName(StageOf(Cell.States.FirstOrDefault(state => state.Previous == variable)?.Name ?? variable));

    /// <summary>The constant in generated code that holds a stage's units.</summary>
    public string UnitsName(int stage) => StageId(stage) + "Units";

    /// <summary>The constant in generated code that holds a stage's units, padding included.</summary>
    public string PaddedUnitsName(int stage) => StageId(stage) + "PaddedUnits";

    /// <summary>The constants that the layer's kernels use.</summary>
    public IEnumerable<ConstantPlan> Constants()
    {
        if (Cell.Stages.Any(stage => stage.Accumulators.Any(accumulator => accumulator.Terms.Any(term => term.Source is { Kind: SourceKind.Input }))))
            yield return new ConstantPlan(InputsName, InputSize, $"{Name}: features in.");
        for (int stage = 0; stage < Cell.Stages.Count; stage++)
        {
            yield return new ConstantPlan(UnitsName(stage), Cell.Stages[stage].Units, $"{Name}: units.");
            yield return new ConstantPlan(PaddedUnitsName(stage), Blockings[stage].PaddedUnits, $"{Name}: units, padding to whole vectors included.");
        }
    }

    /// <summary>
    /// How vectors of so many units are cut: alike in all stages, whose equations share values, and whose matrices may be gates of one parameter.
    /// </summary>
    public Blocking BlockingFor(int units) =>
        Cell.Stages.Where(stage => stage.Units == units).Select(stage => stage.Accumulators.Count).DefaultIfEmpty(1).Max() is var accumulators and > 0
            ? Blocking.For(units, accumulators)
            : Blocking.Elementwise(units);

    /// <summary>The stage that computes a variable.</summary>
    public int StageOf(string variable) => Cell.Stages.ToList().FindIndex(stage => stage.Computed.Contains(variable));

    /// <summary>Whether training changes a parameter.</summary>
    public bool IsTrained(string parameter) => Cell.Parameters.First(candidate => candidate.Name == parameter).Trained;

    /// <summary>The rows of a variable that lives in memory under its own name. A parameter vector is the same row for all.</summary>
    public RowPointer Row(string variable) =>
        new(variable, Cell.Stages.Any(stage => stage.Diagonals.Any(diagonal => diagonal.Variable == variable)) ? 0 : StrideOf(variable));

    /// <summary>Floats a row of a variable that lives in memory under its own name.</summary>
    public int StrideOf(string variable)
    {
        if (Aligned.TryGetValue(variable, out var aligned) && aligned.Stride > 0)
            return aligned.Stride;
        if (aligned is not null)
            return Blockings[Cell.Stages.ToList().FindIndex(stage => stage.Equations.Any(equation => equation.Value.Variables.Contains(variable)))].PaddedUnits;
        if (Cell.Stages.FirstOrDefault(stage => stage.Means.Any(mean => mean.Name == variable)) is { } averaging)
            return BlockingFor(averaging.Units).PaddedUnits;
        var state = Cell.States.FirstOrDefault(candidate => candidate.Previous == variable);
        return Blocking.Skewed(Blockings[StageOf(state?.Name ?? variable)].PaddedUnits);
    }

    /// <summary>Floats a row of a value's gradient: the product that computes it may pad more than the value's own stage.</summary>
    public int GradientStrideOf(string variable, int size) => System.Math.Max(StrideOf(variable), Blocking.For(size, 1).PaddedUnits);

    /// <summary>The variables of a stage that have a place in memory of their own: states, the output, and what later stages use.</summary>
    public IEnumerable<string> Stored(int stage) =>
        Cell.Stages[stage].Computed.Where(variable => IsState(variable) || variable == Cell.Output || IsExported(variable));

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
        stage.Means.Any(mean => mean.Source == variable) ||
        stage.Accumulators.Any(accumulator => accumulator.Terms.Any(term => term.Source is { Kind: SourceKind.Stage } source && source.Name == variable));
}

/// <summary>A vector from outside that equations use elementwise.</summary>
/// <param name="Stride">Floats a row; 0 where they are as many as the equations treat.</param>
/// <param name="GradientStride">Floats a row of its gradient; 0 where no one wants it.</param>
/// <param name="Accumulate">Whether the gradient is added to what others, who also read the vector, have left there.</param>
internal sealed record AlignedValue(int Stride, int GradientStride, bool Accumulate);
