using RnnGen.Generator.Cells;
using RnnGen.Generator.Ir.Programs;
using RnnGen.Generator.Planning.Loops;
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
    IReadOnlyList<PartPlan> Parts,
    IReadOnlyList<ConstantPlan> Constants,
    NetworkSizes Sizes,
    RunPlan Run,
    TapePlan? Tape,
    IReadOnlyList<TargetPlan> Targets)
{
    /// <summary>
    /// Bytes of a state that is a value, at most, padding and a step's scratch included: a few of them on a stack of a megabyte, copied in a fraction of a
    /// microsecond, are no trap. (.NET has no arrays of values above 65,535 bytes.)
    /// </summary>
    public const int MaxStateValueBytes = 8192;

    /// <summary>The outputs in a row of them, in order.</summary>
    public IReadOnlyList<OutputPlan> Outputs { get; init; } = [];

    /// <summary>Which columns of a row become outputs by which activation: all of them together where one is that of all.</summary>
    public IReadOnlyList<OutputPlan> Heads => Outputs.Select(output => output.Activation).Distinct().Count() == 1 && Outputs[0].Activation != ActivationKind.Softmax
        ? [new OutputPlan("", Size.Of(0), OutputStride, Outputs[0].Activation)]
        : Outputs;

    /// <summary>The kernels on many rows that every instruction set has.</summary>
    public IReadOnlyList<StageKernels> Kernels { get; init; } = [];

    /// <summary>The loops that call them.</summary>
    public NetworkProgram Program { get; init; } = new([], null);

    /// <summary>What inference computes, as files of weights say it.</summary>
    public string Architecture { get; init; } = "";

    /// <summary>What training computes, as checkpoints say it.</summary>
    public string TrainingArchitecture { get; init; } = "";

    /// <summary>Floats from one frame to the next, by a constant of the network's surface. A class is one float.</summary>
    public Size FrameStride => FrameStrideOf(Spec);

    /// <inheritdoc cref="FrameStride"/>
    public static Size FrameStrideOf(NetworkSpec spec) => spec.OneHot ? Size.Of(spec.FrameSize) : new Size(spec.FrameSize, "InputSize");

    /// <summary>Features in, by the constant of the network's surface.</summary>
    public static Size InputsOf(NetworkSpec spec) => new(spec.InputSize, "InputSize");

    /// <summary>Floats from one step's outputs to the next, by a constant of the network's surface.</summary>
    public Size OutputStride => new(OutputSize, "OutputSize");

    /// <summary>The values of one of its outputs.</summary>
    public Size Values(OutputPlan output) => output.Size == OutputSize ? OutputStride : output.Size;

    /// <summary>Whether the network can go step by step: no part needs later steps.</summary>
    public bool Steppable => Parts.All(part => !part.Part.LooksAhead);

    /// <summary>Whether a stream's state is a value; if not, it is a class.</summary>
    public bool StateIsValue => (long)Sizes.PackedState * sizeof(float) <= MaxStateValueBytes;

    /// <summary>Whether any product of inference has reduced weights.</summary>
    public bool IsReduced => Sizes.ReducedWeights > 0;

    /// <summary>Where each state begins in a stream's.</summary>
    public IReadOnlyList<RowBuffer> StateBuffers =>
        States.Zip(Run.States, (state, binding) => new RowBuffer(binding.Buffer.Name, Memory.BatchStates, state.Offset, 0)).ToList();

    /// <summary>For a part that uses the kernels of another: says so.</summary>
    public string Like(PartPlan part) => part.OwnsKernels ? "" : $", with the kernels of {Parts.First(other => other.Id == part.Part.KernelsOf).Name}";

    /// <summary>Bytes of weights that a step reads.</summary>
    public long StepBytes => IsReduced
        ? Parts.SelectMany(part => part.Stages).Sum(stage => 4L * (stage.Reduced?.Length ?? stage.Product.BlockStride * stage.Product.Blocking.Blocks))
        : 4L * Sizes.PackedWeights;
}

/// <summary>A size with a name in generated code.</summary>
internal sealed record ConstantPlan(string Name, Size Value, string Summary = "");

/// <summary>What one step costs and where things end, in floats unless said otherwise.</summary>
/// <param name="State">States without padding.</param>
/// <param name="Parameters">Trainable values.</param>
/// <param name="PackedWeights">Weights with padding.</param>
/// <param name="PackedState">One stream's states with padding, and the scratch of a step after them.</param>
/// <param name="MultiplyAdds">Of one step's products.</param>
internal sealed record NetworkSizes(int State, int Parameters, int PackedWeights, Size PackedState, long MultiplyAdds)
{
    /// <summary>Words of 32 bits of reduced weights; 0 where there are none.</summary>
    public int ReducedWeights { get; init; }
}

/// <summary>A parameter of the network and where it lies in the packed weights.</summary>
internal sealed record ParameterPlan(
    string Name, IReadOnlyList<int> Shape, int Units, int Columns, int BlockUnits, IReadOnlyList<GatePlan> Gates, float InitialBound)
{
    /// <inheritdoc cref="CellParameter.Transposed"/>
    public bool Transposed { get; init; }

    /// <inheritdoc cref="CellParameter.Taps"/>
    public int Taps { get; init; }

    /// <inheritdoc cref="CellParameter.Trained"/>
    public bool Trained { get; init; } = true;
}

/// <summary>Where one gate's rows of a parameter lie.</summary>
internal sealed record GatePlan(int Offset, int BlockStride, int ColumnStride)
{
    /// <summary>What its values are at first; null where they are drawn.</summary>
    public float? InitialValue { get; init; }
}

/// <summary>A state of a layer and where it lies: in a stream's packed state and, as tape regions, its values and the gradient carried back.</summary>
/// <param name="Part">The part that it belongs to.</param>
/// <param name="Name">What the equations call it.</param>
/// <param name="FullName">Its name for display and files: <c>lstm0.h</c>, <c>lstm0.h_reverse</c>.</param>
/// <param name="Size">Units.</param>
/// <param name="Padded">Units, padding included.</param>
/// <param name="Offset">In a stream's packed state.</param>
/// <param name="TapeRegion">Its values.</param>
/// <param name="GradientRegion">The gradient carried back.</param>
/// <param name="Order">Where in its tape region the first and the last value lie: a member of the runtime's <c>StateOrder</c>.</param>
/// <param name="Learned">Its learned first value; null where it is zero.</param>
internal sealed record StatePlan(
    string Part, string Name, string FullName, Size Size, Size Padded, int Offset, int TapeRegion, int GradientRegion, string Order, RowBuffer? Learned);

/// <summary>A stage of a layer: a product over its rows, then equations over its units; in training also their derivatives.</summary>
/// <param name="Id">The prefix of its methods: the layer's id, with <c>Stage2</c> and so on after the first.</param>
/// <param name="Stage">Its equations.</param>
/// <param name="Weights">Its weights: those of an owner's kernels are its own, those of a part that uses them are that part's.</param>
/// <param name="Product">Its pre-activations.</param>
/// <param name="Cell">Its equations.</param>
/// <param name="Training">What training adds; null for a network that only infers.</param>
internal sealed record StagePlan(string Id, Stage Stage, StageWeights Weights, ProductShape Product, PointwisePlan Cell, StageTrainingPlan? Training)
{
    /// <summary>Whether there is anything to multiply: a stage may be equations only.</summary>
    public bool HasProduct => Product.Accumulators.Count > 0;

    /// <summary>Its pre-activations for many rows.</summary>
    public IReadOnlyList<RowProduct> Rows { get; init; } = [];

    /// <summary>Its biases, as they are summed before they are used for many rows.</summary>
    public IReadOnlyList<BiasPlan> Biases { get; init; } = [];

    /// <summary>What is averaged before the product.</summary>
    public IReadOnlyList<MeanPlan> Means { get; init; } = [];

    /// <summary>The product that inference computes in place of <see cref="Product"/>; null where its weights are as they are.</summary>
    public ReducedProduct? Reduced { get; init; }

    /// <summary>The equations, for many rows.</summary>
    public PointwisePlan CellRows => Cell.OverRows();
}

/// <summary>Where a stage's weights begin.</summary>
/// <param name="Name">What they are called.</param>
/// <param name="All">All of them.</param>
/// <param name="OfSources">The columns that multiply a vector, by its name.</param>
internal sealed record StageWeights(string Name, RowBuffer All, IReadOnlyDictionary<string, RowBuffer> OfSources)
{
    /// <summary>The gradients of all of them.</summary>
    public RowBuffer Gradients => All with { Memory = Memory.Gradients };

    /// <summary>The weights of a segment, or those of some of its accumulators.</summary>
    /// <param name="source">What the segment's columns multiply.</param>
    /// <param name="panel">Which weights, from the segment's first.</param>
    public Reference Of(string source, Size panel) => OfSources[source].At(0, panel);

    /// <summary>Their gradients.</summary>
    public Reference GradientsOf(string source, Size panel)
    {
        var weights = Of(source, panel);
        return weights with { Buffer = weights.Buffer with { Memory = Memory.Gradients } };
    }
}

/// <summary>What training adds to a stage.</summary>
/// <param name="Taped">Its equations, keeping on the tape what the derivatives need: those of inference where that is nothing more.</param>
/// <param name="Kept">The variables kept, in the order in which they lie on the tape.</param>
/// <param name="Backward">The derivatives of its equations.</param>
/// <param name="StepGradients">Products that carry gradients to states and earlier stages, at each step.</param>
/// <param name="InputGradients">The products that carry gradients to the layer's input, for all steps at once.</param>
/// <param name="BiasGradients">The gradients of its biases, for all steps at once.</param>
/// <param name="WeightGradients">The gradients of its weights, for all steps at once.</param>
internal sealed record StageTrainingPlan(
    PointwisePlan Taped,
    IReadOnlyList<string> Kept,
    PointwisePlan Backward,
    IReadOnlyList<TransposedProduct> StepGradients,
    IReadOnlyList<TransposedProduct> InputGradients,
    IReadOnlyList<BiasGradientPlan> BiasGradients,
    IReadOnlyList<WeightGradientPlan> WeightGradients)
{
    /// <summary>The gradients of means, in the backward pass: a mean is its own transpose.</summary>
    public IReadOnlyList<MeanPlan> MeanGradients { get; init; } = [];
}

/// <summary>Biases side by side: of each block so many floats, from an offset in the weights to one in a row of sums.</summary>
internal sealed record BiasPlan(Size Offset, Size SumsOffset, Size Width);

/// <summary>A product with a transposed matrix, and where the transposed copy comes from and goes.</summary>
/// <param name="Of">What the stage's own product multiplies with those weights.</param>
/// <param name="Product">The product; its weights are the copy.</param>
/// <param name="Transpose">How the copy is made.</param>
/// <param name="WeightsOffset">Of the first weight, from the first of the columns.</param>
/// <param name="Region">The tape region of the copy.</param>
internal sealed record TransposedProduct(string Of, RowProduct Product, TransposeShape Transpose, Size WeightsOffset, int Region);

/// <summary>The gradient of a panel of weights: a sum of outer products over all rows.</summary>
/// <param name="Id">The method's name.</param>
/// <param name="Summary">One sentence for the reader of the generated code.</param>
/// <param name="Source">What the weights multiply.</param>
/// <param name="Panel">The weights; its sums are the gradients of pre-activations.</param>
/// <param name="RowStride">Floats a row of those.</param>
internal sealed record WeightGradientPlan(string Id, string Summary, ProductSource Source, Panel Panel, Size RowStride) : Kernel(Id, Summary)
{
    /// <inheritdoc/>
    public override IReadOnlyList<KernelParameter> Parameters =>
        [new("gradients", ParameterKind.Weights), new(BackwardPlanner.PreActivationGradients), new(Source.Pointer)];
}

/// <summary>The gradients of biases, a sum over all rows, which the runtime has.</summary>
/// <param name="Offsets">Of biases that have the same gradient, in a block of the weights.</param>
/// <param name="SumsOffset">Of the gradients of their pre-activations in a row.</param>
/// <param name="Width">Floats side by side.</param>
internal sealed record BiasGradientPlan(IReadOnlyList<Size> Offsets, Size SumsOffset, Size Width);

/// <summary>An instruction set's tiles for the network's kernels, and its way of one step; null for a network that cannot go step by step.</summary>
/// <param name="Target">The instruction set.</param>
/// <param name="Steps">The tile of each stage's step, by the stage's id.</param>
/// <param name="Rows">The tile of each kernel on many rows, by its id.</param>
/// <param name="Reduced">The tile of each stage's product on reduced weights, by the stage's id.</param>
/// <param name="Step">The way of one step.</param>
internal sealed record TargetPlan(
    Target Target, IReadOnlyDictionary<string, Tile> Steps, IReadOnlyDictionary<string, RowTile> Rows,
    IReadOnlyDictionary<string, ReducedTile> Reduced, StepPlan? Step)
{
    /// <summary>What each product on many rows multiplies, by its id: in sets, or in pieces.</summary>
    public IReadOnlyDictionary<string, ProductSource> Sources { get; init; } = new Dictionary<string, ProductSource>();

    /// <summary>How one stream goes step by step; null where it cannot.</summary>
    public Routine? Stream { get; init; }

    /// <summary>The kernel of a stage's step; null for a network that cannot go step by step.</summary>
    public StepKernel? StepOf(StagePlan stage) => Stream is null
        ? null
        : Routine.All(Stream.Body).OfType<CallStep>().Select(call => (StepKernel)call.Kernel).First(kernel => kernel.Stage.Id == stage.Id);
}
