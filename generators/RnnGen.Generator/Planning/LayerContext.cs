using RnnGen.Generator.Cells;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Ir;
using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Planning;

/// <summary>What the plans of a part's stages share: which values live in memory, and with what strides.</summary>
internal sealed class LayerContext
{
    private readonly Part _part;
    private readonly int _inputStride;

    public LayerContext(
        Part part, int inputStride, IReadOnlyDictionary<string, AlignedValue> aligned, bool accumulatesInput, NameScope weightNames, NameScope sizeNames)
    {
        (_part, _inputStride, Aligned, AccumulatesInput, WeightNames) = (part, inputStride, aligned, accumulatesInput, weightNames);
        Sizes = new SizeScope(sizeNames);
        Inputs = Sizes.Of(InputSize, $"{Name}: input features.", Id, "Inputs");
        Blockings = Cell.Stages.Select(stage => BlockingFor(stage.Units)).ToList();
    }

    public string Id => _part.Id + _part.KernelTail;

    /// <summary>The part's name, for sentences.</summary>
    public string Name => _part.Name;

    public CellGraph Cell => _part.Cell!;

    public int InputSize => _part.InputSize;

    public Size InputStride => Stride(_inputStride, Id, PartInput.Multiplied);

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
        (InputSize, InputStride.Value, AccumulatesInput, Gathers, Recurrent, ResetsMasked) ==
        (other.InputSize, other.InputStride.Value, other.AccumulatesInput, other.Gathers, other.Recurrent, other.ResetsMasked)
        && Aligned.Count == other.Aligned.Count && Aligned.All(aligned => other.Aligned.TryGetValue(aligned.Key, out var value) && value == aligned.Value);

    /// <summary>How each stage's units are cut.</summary>
    public IReadOnlyList<Blocking> Blockings { get; }

    /// <summary>The constants that the layer's kernels use.</summary>
    public SizeScope Sizes { get; }

    /// <summary>Features in.</summary>
    public Size Inputs { get; }

    /// <summary>The prefix of a stage's methods and constants.</summary>
    public string StageId(int stage) => StageId(Id, stage);

    /// <summary>The same for a part of some other id.</summary>
    public static string StageId(string id, int stage) => stage == 0 ? id : id + "Stage" + Ir.Names.Number(stage + 1);

    /// <summary>A variable's units.</summary>
    public Size UnitsOf(string variable) => Units(StageOf(ValueOf(variable)));

    /// <summary>A stage's units.</summary>
    public Size Units(int stage) => Sizes.Of(Cell.Stages[stage].Units, $"{Name}: units.", StageId(stage), "Units");

    /// <summary>A stage's units, padding included.</summary>
    public Size PaddedUnits(int stage) =>
        Sizes.Of(Blockings[stage].PaddedUnits, $"{Name}: units, including padding to whole vectors.", StageId(stage), "PaddedUnits");

    /// <summary>Floats from one row of something to the next; 0 where all rows are the same one.</summary>
    /// <param name="floats">So many.</param>
    /// <param name="id">The layer, or a stage.</param>
    /// <param name="value">What it is called.</param>
    public Size Stride(int floats, string id, string value) =>
        floats == 0 ? Size.Of(0) : Sizes.Of(floats, $"{Name}: floats from one row of values to the next.", id, value, "Stride");

    /// <summary>
    /// How vectors of so many units are cut: alike in all stages, whose equations share values, and whose matrices may be gates of one parameter.
    /// </summary>
    public Blocking BlockingFor(int units)
    {
        var stages = Cell.Stages.Where(stage => stage.Units == units).ToList();
        return stages.Select(stage => stage.Accumulators.Count).DefaultIfEmpty(1).Max() is var accumulators and > 0
            ? Blocking.For(units, accumulators, inPairs: stages.Count > 0 && stages.All(stage => stage.FeedsInPairs))
            : Blocking.Elementwise(units);
    }

    /// <summary>The stage that computes a variable.</summary>
    public int StageOf(string variable) => Cell.Stages.ToList().FindIndex(stage => stage.Computed.Contains(variable));

    /// <summary>Whether training changes a parameter.</summary>
    public bool IsTrained(string parameter) => Cell.Parameters.First(candidate => candidate.Name == parameter).Trained;

    /// <summary>The rows of a variable that lives in memory under its own name. A parameter vector is the same row for all.</summary>
    public RowPointer Row(string variable) =>
        new(variable, Cell.Stages.Any(stage => stage.Diagonals.Any(diagonal => diagonal.Variable == variable)) ? Size.Of(0) : StrideOf(variable));

    /// <summary>Floats a row of a variable that lives in memory under its own name.</summary>
    public Size StrideOf(string variable) => Stride(FloatsOf(variable), Id, ValueOf(variable));

    private int FloatsOf(string variable)
    {
        if (Aligned.TryGetValue(variable, out var aligned) && aligned.Stride > 0)
            return aligned.Stride;
        if (aligned is not null)
            return Blockings[Cell.Stages.ToList().FindIndex(stage => stage.Equations.Any(equation => equation.Value.Variables.Contains(variable)))].PaddedUnits;
        if (Cell.Stages.FirstOrDefault(stage => stage.Means.Any(mean => mean.Name == variable)) is { } averaging)
            return BlockingFor(averaging.Units).PaddedUnits;
        var blocking = Blockings[StageOf(ValueOf(variable))];
        return Blocking.Skewed(blocking.PaddedUnits > Blocking.Line ? Blocking.ToLine(blocking.PaddedUnits) : blocking.PaddedUnits); // Others read whole lines.
    }

    /// <summary>The state whose last value a variable is, or the variable.</summary>
    private string ValueOf(string variable) => Cell.States.FirstOrDefault(state => state.Previous == variable)?.Name ?? variable;

    /// <summary>Floats a row of a value's gradient: the product that computes it may pad more than the value's own stage.</summary>
    public Size GradientStrideOf(string variable, int size) =>
        Stride(Math.Max(FloatsOf(variable), Blocking.For(size, 1).PaddedUnits), Id, Ir.Names.Gradient(ValueOf(variable)));

    /// <summary>The variables of a stage that have a place in memory of their own: states, the output, and what later stages use.</summary>
    public IEnumerable<string> Stored(int stage) =>
        Cell.Stages[stage].Computed.Where(variable => IsState(variable) || variable == Cell.Output || IsExported(variable));

    /// <summary>Whether a later stage uses a variable that is neither state nor output.</summary>
    public bool IsExported(string variable) => !IsState(variable) && variable != Cell.Output && UsedAfter(variable);

    /// <summary>Whether a variable receives a gradient from a later stage.</summary>
    public bool UsedAfter(string variable)
    {
        int stage = StageOf(variable);
        return stage >= 0 && Cell.Stages.Skip(stage + 1).Any(later => later.Reads(variable));
    }

    public bool IsState(string variable) => Cell.States.Any(state => state.Name == variable);
}

/// <summary>A vector from outside that equations use elementwise.</summary>
/// <param name="Stride">Floats per row; 0 where they are as many as the equations process.</param>
/// <param name="GradientStride">Floats a row of its gradient; 0 where no one wants it.</param>
/// <param name="Accumulate">Whether the gradient is added to what others, who also read the vector, have left there.</param>
internal sealed record AlignedValue(int Stride, int GradientStride, bool Accumulate);
