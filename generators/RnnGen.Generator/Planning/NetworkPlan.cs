using RnnGen.Generator.Cells;
using RnnGen.Generator.Spec;
using RnnGen.Generator.Targets;

namespace RnnGen.Generator.Planning;

/// <summary>Everything that is decided about a network's code: every size, offset, tile, loop and name. The emitter prints it and decides nothing.</summary>
internal sealed record NetworkPlan(
    NetworkSpec Spec,
    int OutputSize,
    bool ManyToOne,
    string OutputActivation,
    IReadOnlyList<ParameterPlan> Parameters,
    IReadOnlyList<StatePlan> States,
    IReadOnlyList<LayerPlan> Layers,
    IReadOnlyList<ConstantPlan> Constants,
    NetworkSizes Sizes,
    RunPlan Run,
    TapePlan? Tape,
    IReadOnlyList<TargetPlan> Targets);

/// <summary>A size with a name in generated code.</summary>
internal sealed record ConstantPlan(string Name, int Value, string Summary);

/// <summary>What one step costs and where things end, in floats unless said otherwise.</summary>
/// <param name="State">States without padding.</param>
/// <param name="Parameters">Trainable values.</param>
/// <param name="PackedWeights">Weights with padding.</param>
/// <param name="PackedState">One stream's states with padding, and the scratch of a step behind them.</param>
/// <param name="MultiplyAdds">Of one step's products.</param>
internal sealed record NetworkSizes(int State, int Parameters, int PackedWeights, int PackedState, long MultiplyAdds);

/// <summary>A parameter of the network and where it lies in the packed weights.</summary>
internal sealed record ParameterPlan(
    string Name, IReadOnlyList<int> Shape, int Units, int Columns, int BlockUnits, IReadOnlyList<GatePlan> Gates, float InitialBound);

/// <summary>Where one gate's rows of a parameter lie.</summary>
internal sealed record GatePlan(int Offset, int BlockStride, int ColumnStride)
{
    /// <summary>What its values are at first; null where they are drawn.</summary>
    public float? InitialValue { get; init; }
}

/// <summary>A state of a layer and where it lies: in a stream's packed state and, as tape regions, its values and the gradient carried back.</summary>
internal sealed record StatePlan(string Layer, string Name, int Size, int Padded, int Offset, int TapeRegion, int GradientRegion);

/// <summary>A layer.</summary>
/// <param name="Id">The prefix of its methods: <c>Lstm0</c>.</param>
/// <param name="Spec">What the attribute says.</param>
/// <param name="Role">What it does with time.</param>
/// <param name="OncePerSequence">Whether it stands after <c>LastStep</c>: its rows are sequences, not steps.</param>
/// <param name="InputSize">Features in.</param>
/// <param name="OutputSize">Features out.</param>
/// <param name="InputStride">Floats a row of its input.</param>
/// <param name="OutputStride">Floats a row of its output.</param>
/// <param name="Cell">Its equations; null for <c>LastStep</c>.</param>
/// <param name="Stages">Its stages.</param>
internal sealed record LayerPlan(
    string Id,
    LayerSpec Spec,
    LayerRole Role,
    bool OncePerSequence,
    int InputSize,
    int OutputSize,
    int InputStride,
    int OutputStride,
    CellGraph? Cell,
    IReadOnlyList<StagePlan> Stages)
{
    public bool Recurrent => Role == LayerRole.Recurrent;
}

/// <summary>A stage of a layer: a product over its rows, then equations over its units; in training also their derivatives.</summary>
/// <param name="Id">The prefix of its methods: the layer's id, with <c>Stage2</c> and so on after the first.</param>
/// <param name="Stage">Its equations.</param>
/// <param name="WeightsOffset">Where its weights begin.</param>
/// <param name="Product">Its pre-activations.</param>
/// <param name="Cell">Its equations.</param>
/// <param name="Training">What training adds; null for a network that only infers.</param>
internal sealed record StagePlan(string Id, Stage Stage, int WeightsOffset, ProductShape Product, PointwisePlan Cell, StageTrainingPlan? Training)
{
    /// <summary>Whether there is anything to multiply: a stage may be equations only.</summary>
    public bool HasProduct => Product.Accumulators.Count > 0;
}

/// <summary>What training adds to a stage.</summary>
/// <param name="Taped">Its equations, keeping on the tape what the derivatives need.</param>
/// <param name="Kept">The variables kept, in the order in which they lie on the tape.</param>
/// <param name="Backward">The derivatives of its equations.</param>
/// <param name="StepGradients">Products that carry gradients to states and earlier stages, at each step.</param>
/// <param name="InputGradient">The product that carries gradients to the layer's input, for all steps at once; null where the stage does not use the input.</param>
/// <param name="WeightGradients">The gradients of its weights and biases, for all steps at once.</param>
internal sealed record StageTrainingPlan(
    PointwisePlan Taped,
    IReadOnlyList<string> Kept,
    PointwisePlan Backward,
    IReadOnlyList<TransposedProduct> StepGradients,
    TransposedProduct? InputGradient,
    IReadOnlyList<WeightGradientPlan> WeightGradients);

/// <summary>A product with a transposed matrix, and where the transposed copy comes from and goes.</summary>
/// <param name="Product">The product; its weights are the copy.</param>
/// <param name="Segment">The segment of the stage's own product whose columns become the units.</param>
/// <param name="Region">The tape region of the copy.</param>
internal sealed record TransposedProduct(ProductShape Product, Segment Segment, int Region);

/// <summary>The gradient of a segment's columns (a sum of outer products over all rows), or of biases (a sum over all rows).</summary>
/// <param name="Id">The method's name.</param>
/// <param name="Columns">The segment whose columns; null for biases.</param>
/// <param name="Biases">The biases, all of which feed the same accumulators and so have the same gradient; none for columns.</param>
internal sealed record WeightGradientPlan(string Id, Segment? Columns, IReadOnlyList<BiasSlot> Biases)
{
    public IReadOnlyList<int> Feeds => Columns?.Feeds ?? Biases[0].Feeds;

    /// <summary>Where in a block the gradients go.</summary>
    public IEnumerable<int> Offsets => Columns is null ? Biases.Select(bias => bias.Offset) : [Columns.Offset];
}

/// <summary>An instruction set's tiles for the network's products.</summary>
internal sealed record TargetPlan(Target Target, IReadOnlyList<StageTiles> Stages, StepPlan Step);

/// <summary>The tiles of one stage, by the id of what they are for.</summary>
internal sealed record StageTiles(
    string StageId, Tile Step, Tile Rows, IReadOnlyDictionary<string, ProductTiles> Transposed, IReadOnlyDictionary<string, GradientTile> Gradients);

/// <summary>A product's tiles: the main one, and the one for the rows that are left over.</summary>
internal sealed record ProductTiles(Tile Rows, Tile SingleRow);
