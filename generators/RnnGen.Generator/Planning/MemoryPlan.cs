using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Planning;

/// <summary>The tape's regions and what the runtime must know of them.</summary>
/// <param name="Regions">The regions, in the order of their indices.</param>
/// <param name="Parts">Each part's places.</param>
/// <param name="GradientChunk">Rows whose weight gradients are summed in registers before they go to memory.</param>
/// <param name="InputRegion">Holds the frames.</param>
/// <param name="LogitRegion">Holds the last layer's output.</param>
/// <param name="LogitRowOffset">1 where its first rows are an initial state.</param>
/// <param name="LogitGradientRegion">Receives the gradient of the logits.</param>
/// <param name="InputGradientRegion">Receives the gradient of the frames.</param>
/// <param name="SplitsBackward">Whether threads can share the backward pass: no equations add to gradients of weights.</param>
internal sealed record TapePlan(
    IReadOnlyList<RegionPlan> Regions,
    IReadOnlyList<PartTape> Parts,
    Size GradientChunk,
    int InputRegion,
    int LogitRegion,
    int LogitRowOffset,
    int LogitGradientRegion,
    int InputGradientRegion,
    bool SplitsBackward);

/// <summary>A region of the tape: a name for display, an identifier, its rows (a member of the runtime's <c>TapeRows</c>), floats per row.</summary>
internal sealed record RegionPlan(string Name, string Id, string Rows, Size Stride)
{
    /// <summary>The same as a place that loops know.</summary>
    public RowBuffer Buffer => new(Id, Memory.Region, 0, Stride);
}

/// <summary>A part's places on the tape.</summary>
/// <param name="PartId">The part.</param>
/// <param name="RowChunk">Rows that a part without state processes at once; 0 for a recurrent one, which processes the rows of a step at once.</param>
/// <param name="ClearsInputGradient">Whether the gradient of the input is set to zero before the part adds to it.</param>
/// <param name="Noise">What is drawn before the part runs forward; null where it has no noise.</param>
/// <param name="Stages">Each stage's places. An operation on rows has one, for its inputs and output.</param>
internal sealed record PartTape(string PartId, Size RowChunk, bool ClearsInputGradient, NoisePlan? Noise, IReadOnlyList<StageBindings> Stages);

/// <summary>What a part multiplies values with in training.</summary>
/// <param name="Place">Where it lies.</param>
/// <param name="Units">Values per row.</param>
/// <param name="Rate">The share that becomes 0.</param>
/// <param name="Stream">Tells it from the noise of other parts.</param>
/// <param name="PerStep">Whether each step has its own; otherwise each sequence.</param>
internal sealed record NoisePlan(Binding Place, Size Units, float Rate, int Stream, bool PerStep);

/// <summary>What the pointers of a stage's kernels are bound to.</summary>
internal sealed record StageBindings(string StageId, IReadOnlyList<Binding> Bindings)
{
    public Binding Of(string pointer) => Bindings.First(binding => binding.Pointer == pointer);
}

/// <summary>What a kernel's pointer is bound to.</summary>
/// <param name="Pointer">The pointer.</param>
/// <param name="Buffer">Where it points.</param>
/// <param name="Moment">Which rows.</param>
internal sealed record Binding(string Pointer, RowBuffer Buffer, Moment Moment)
{
    /// <summary>Floats per row.</summary>
    public Size Stride => Buffer.Stride;
}

/// <summary>Which rows of a place belong to the time step at hand.</summary>
internal enum Moment
{
    /// <summary>The same at every step, and for all sequences.</summary>
    Fixed,

    /// <summary>The same at every step: a row per sequence.</summary>
    Sequence,

    /// <summary>The step's own rows.</summary>
    Step,

    /// <summary>The rows after: the state that the step leaves.</summary>
    NextStep,

    /// <summary>Of two buffers, the one that holds the state before the step, or the gradient that the step passes back.</summary>
    Before,

    /// <summary>Of two buffers, the one for the state after the step, or the gradient that came from there.</summary>
    After,
}

/// <summary>
/// How <c>Run</c> processes a batch: groups of sequences, one step at a time, in the network's scratch. What goes in one direction goes together, in one pass over
/// the steps; what a later pass reads is kept for all steps.
/// </summary>
/// <param name="Rows">Sequences per group.</param>
/// <param name="ScratchLength">Floats, whatever the length of the sequences.</param>
/// <param name="SequenceLength">Floats a time step of each sequence of a group, after those.</param>
/// <param name="Passes">The passes in order.</param>
/// <param name="Ending">The parts that are computed once per sequence, in order.</param>
/// <param name="States">Where each state's buffers lie.</param>
/// <param name="Logits">The rows that the output activation reads.</param>
internal sealed record RunPlan(
    Size Rows,
    int ScratchLength,
    int SequenceLength,
    IReadOnlyList<RunPass> Passes,
    IReadOnlyList<PartRun> Ending,
    IReadOnlyList<Binding> States,
    Binding Logits)
{
    /// <summary>
    /// The fewest steps that one sequence should have for this to be faster than step after step, where the products of inputs do not wait; null where it never
    /// is.
    /// </summary>
    public int? MinSteps { get; init; }
}

/// <summary>A pass over the steps.</summary>
/// <param name="Reverse">Whether from the last to the first.</param>
/// <param name="Parts">What is computed at each step, in order.</param>
/// <param name="WritesOutputs">Whether the network's outputs of a step are complete then.</param>
internal sealed record RunPass(bool Reverse, IReadOnlyList<PartRun> Parts, bool WritesOutputs);

/// <summary>A part's places while <c>Run</c> processes a batch.</summary>
/// <param name="PartId">The part.</param>
/// <param name="Stages">Each stage's places.</param>
/// <param name="Keeps">A state that a later pass reads, and where it is copied to at each step; null where there is none.</param>
internal sealed record PartRun(string PartId, IReadOnlyList<StageBindings> Stages, (Binding From, Binding To)? Keeps);

/// <summary>How one step of one stream is computed: where each kernel's pointers point.</summary>
/// <param name="ScratchLength">Floats of scratch after the stream's states.</param>
/// <param name="Stages">Each stage's places.</param>
/// <param name="Rows">The operations on rows.</param>
/// <param name="Logits">What the output activation reads.</param>
internal sealed record StepPlan(int ScratchLength, IReadOnlyList<StageStep> Stages, IReadOnlyList<RowStep> Rows, Reference Logits)
{
    /// <summary>Where a stream keeps which way its last step went, 0 or 1; null where no stage alternates.</summary>
    public Reference? Direction { get; init; }
}

/// <summary>An operation on rows in a step.</summary>
/// <param name="PartId">The part.</param>
/// <param name="Copies">Copies of columns.</param>
/// <param name="Window">Where the frame, the past and the window lie; null where it is not a window.</param>
internal sealed record RowStep(string PartId, IReadOnlyList<CopyBack> Copies, (Reference Frame, Reference Past, Reference To)? Window);

/// <summary>
/// A stage of a step, the states that are copied to their place after it, because it was still read while they were computed, and what is averaged before it.
/// </summary>
internal sealed record StageStep(
    string PartId,
    string StageId,
    IReadOnlyList<PointerPlace> Places,
    IReadOnlyList<CopyBack> CopyBacks,
    IReadOnlyList<(MeanPlan Plan, Reference From, Reference To)> Means);

/// <summary>A kernel's pointer and where it points.</summary>
internal sealed record PointerPlace(string Pointer, Reference Place);

/// <summary>A copy of so many floats.</summary>
internal sealed record CopyBack(Reference From, Reference To, Size Length);
