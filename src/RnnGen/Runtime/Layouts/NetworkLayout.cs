using System.ComponentModel;

namespace RnnGen.Runtime;

/// <summary>What the runtime must know of a generated network to stand at its borders: where parameters, states and outputs lie in its memory.</summary>
/// <param name="Network">The class's name, for messages.</param>
/// <param name="InputSize">Features per time step.</param>
/// <param name="OutputSize">Outputs per time step, or per sequence when <paramref name="ManyToOne"/>.</param>
/// <param name="ManyToOne">Whether the network answers once per sequence.</param>
/// <param name="OutputActivation">What turns logits into outputs; <see cref="Outputs"/> say it where there are several.</param>
/// <param name="Parameters">The parameters in canonical order.</param>
/// <param name="States">The states in canonical order: layer by layer, and of a layer in the order in which its cell declares them.</param>
/// <param name="WeightsLength">Floats of packed weights, padding included.</param>
/// <param name="StateLength">Floats of one stream's packed state: the states, padding included, and the scratch of a step.</param>
/// <param name="ScratchLength">Floats that <c>Run</c> on a batch needs beside the weights.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record NetworkLayout(
    string Network,
    int InputSize,
    int OutputSize,
    bool ManyToOne,
    OutputActivation OutputActivation,
    IReadOnlyList<ParameterLayout> Parameters,
    IReadOnlyList<StateLayout> States,
    int WeightsLength,
    int StateLength,
    int ScratchLength)
{
    /// <summary>The layers in order, for display.</summary>
    public IReadOnlyList<LayerLayout> Layers { get; init; } = [];

    /// <summary>The outputs in a row of them, where layers name them; empty where all of a row is the last layer's.</summary>
    public IReadOnlyList<OutputLayout> Outputs { get; init; } = [];

    /// <summary>The same, and one for all of a row where none are named.</summary>
    internal OutputLayout[] Heads() => Outputs.Count > 0 ? [.. Outputs] : [new OutputLayout("", 0, OutputSize, OutputActivation)];

    /// <summary>Floats of one stream's state without padding: the sum of the sizes of <see cref="States"/>.</summary>
    public int StateSize { get; } = States.Sum(state => state.Size);

    /// <summary>
    /// The first layer that needs later steps: it goes through a sequence from its end, at least in one direction, or sees later frames; null where there is
    /// none. Such a network has no steps.
    /// </summary>
    public string? ReverseLayer { get; init; }

    /// <summary>Whether a time step is a class, from 0 to <see cref="InputSize"/> − 1, and not a vector.</summary>
    public bool OneHot { get; init; }

    /// <summary>Floats per time step in a batch: its features, or its class.</summary>
    public int FrameSize => OneHot ? 1 : InputSize;

    /// <summary>
    /// Floats per time step of each sequence that <c>Run</c> on a batch needs after its other scratch, because a later pass over the sequence reads what an
    /// earlier one computed.
    /// </summary>
    public int SequenceScratchLength { get; init; }

    /// <summary>The sequences that <c>Run</c> on a batch processes at once, and so the most that it needs <see cref="SequenceScratchLength"/> for.</summary>
    public int RowsAtOnce { get; init; } = 1;

    /// <summary>What inference computes, as files of weights say it; empty where it is not known, and then not compared.</summary>
    public string Architecture { get; init; } = "";

    /// <summary>What training computes, as checkpoints say it; <see cref="Architecture"/> by default.</summary>
    public string TrainingArchitecture { get => field ?? Architecture; init; }

    /// <summary>The products whose weights have a reduced copy.</summary>
    public IReadOnlyList<ReducedLayout> Reduced { get; init; } = [];

    /// <summary>Words of 32 bits of all reduced copies.</summary>
    public int ReducedLength { get; init; }
}

/// <summary>An output of several.</summary>
/// <param name="Name">The layer that gives it.</param>
/// <param name="Offset">Where it begins in a row.</param>
/// <param name="Size">Its values.</param>
/// <param name="Activation">What turns its logits into it.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record OutputLayout(string Name, int Offset, int Size, OutputActivation Activation)
{
    /// <summary>As users know it.</summary>
    internal NetworkOutput Place => new(Name, Offset, Size);
}

/// <summary>A layer, for display.</summary>
/// <param name="Name">The prefix of its parameters.</param>
/// <param name="Kind">Its attribute's name.</param>
/// <param name="OutputSize">Values per time step; null for a layer that only chooses steps.</param>
/// <param name="MultiplyAdds">Of one step's products.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record LayerLayout(string Name, string Kind, int? OutputSize, long MultiplyAdds)
{
    /// <summary>The names of what it reads; none where that is the layer before it.</summary>
    public IReadOnlyList<string> From { get; init; } = [];
}

/// <summary>
/// Turns the logits of one time step into the network's outputs. Kept apart from the last layer's equations so that a loss can be fused with it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum OutputActivation
{
    /// <summary>The outputs are the logits.</summary>
    Identity,

    /// <summary>Each output is the logistic function of its logit.</summary>
    Sigmoid,

    /// <summary>The outputs are the softmax of the logits.</summary>
    Softmax,
}

/// <summary>
/// Where a parameter lies in the packed weights. Canonically it is a row-major matrix (or vector) whose rows are grouped by gate: row = gate × units + unit.
/// Packed, the units of a gate are cut into blocks of <paramref name="BlockUnits"/>: element (gate, unit, column) lies at
/// <c>gate.Offset + unit / BlockUnits × gate.BlockStride + column × gate.ColumnStride + unit % BlockUnits</c>.
/// </summary>
/// <param name="Name">Its name in files, <c>lstm0.weight_ih</c>.</param>
/// <param name="Shape">The canonical shape: [gates × units, columns], or [gates × units] for a vector.</param>
/// <param name="Units">Units per gate.</param>
/// <param name="Columns">Columns; 1 for a vector.</param>
/// <param name="BlockUnits">Units per block.</param>
/// <param name="Gates">Where each gate's rows lie.</param>
/// <param name="InitialBound">Initial values are drawn evenly from [−bound, bound), but for gates that have one of their own.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record ParameterLayout(
    string Name,
    IReadOnlyList<int> Shape,
    int Units,
    int Columns,
    int BlockUnits,
    IReadOnlyList<GateLayout> Gates,
    float InitialBound)
{
    /// <summary>The number of values.</summary>
    public int Count { get; } = Gates.Count * Units * Columns;

    /// <summary>Whether the canonical matrix has the columns as rows, [columns, gates × units]: an embedding's.</summary>
    public bool Transposed { get; init; }

    /// <summary>Where columns are several frames side by side, how many: canonically the frames come last, [gates × units, columns / taps, taps].</summary>
    public int Taps { get; init; } = 1;

    /// <summary>Whether training changes it.</summary>
    public bool Trained { get; init; } = true;

    /// <summary>The canonical index of the value in a row (gate × units + unit) and a packed column.</summary>
    internal int CanonicalIndex(int row, int column)
    {
        if (Transposed)
            return (column * Gates.Count * Units) + row;
        if (Taps == 1)
            return (row * Columns) + column;
        int features = Columns / Taps;
        return (row * Columns) + (column % features * Taps) + (column / features);
    }
}

/// <summary>Where one gate's rows of a parameter lie in the packed weights, in floats.</summary>
/// <param name="Offset">Of the first unit's first column.</param>
/// <param name="BlockStride">From one block of units to the next.</param>
/// <param name="ColumnStride">From one column to the next.</param>
/// <param name="InitialValue">What its values are at first; null where they are drawn.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct GateLayout(int Offset, int BlockStride, int ColumnStride, float? InitialValue = null);

/// <summary>Where one state (a layer's h or c) lies in a stream's packed state and on a tape.</summary>
/// <param name="Name">For messages and files: <c>lstm0.h</c>.</param>
/// <param name="Size">Units.</param>
/// <param name="Offset">In the packed state, in floats.</param>
/// <param name="TapeRegion">Its values on the tape: <see cref="TapeRows.StepsAndInitial"/> rows.</param>
/// <param name="GradientRegion">The gradient that <c>Backward</c> carries from step to step: 2 × batch rows; the first half holds the result.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record StateLayout(string Name, int Size, int Offset, int TapeRegion, int GradientRegion)
{
    /// <summary>Where the first and the last value of a sequence lie in its tape region.</summary>
    public StateOrder Order { get; init; }

    /// <summary>Where in the packed weights the learned first value begins; null where a sequence starts from zero.</summary>
    public int? LearnedOffset { get; init; }
}

/// <summary>Where the values of a state before a sequence and after it lie in its tape region.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum StateOrder
{
    /// <summary>The first batch of rows is before the sequence, the last is after it.</summary>
    Forward,

    /// <summary>The last batch of rows is before the sequence, which goes backward, and the first is after it.</summary>
    Reverse,

    /// <summary>The region has two batches of rows: the first is before the sequence, the second after it. Its gradients lie alike.</summary>
    Ends,
}
