using RnnGen.Generator.Cells;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Graph;

/// <summary>A part of a network before anything is planned: equations, or an operation on whole rows. Most layers are one part.</summary>
/// <param name="LayerId">The prefix of what the layer generates: <c>Lstm0</c>.</param>
/// <param name="Tail">What tells it from the layer's other parts: <c>Reverse</c>; mostly empty.</param>
/// <param name="Layer">The layer that it belongs to.</param>
/// <param name="Cell">Its equations; null for an operation on rows.</param>
internal sealed record Part(string LayerId, string Tail, LayerSpec Layer, CellGraph? Cell)
{
    /// <summary>The network's input in place of a part's id.</summary>
    public const string NetworkInput = "input";

    /// <summary>The prefix of its methods: <c>Lstm0</c>, <c>Lstm0Reverse</c>.</summary>
    public string Id => LayerId + Tail;

    /// <summary>After its id in the names of kernels and constants, where training has its own.</summary>
    public string KernelTail { get; init; } = "";

    /// <summary>Its name for display: <c>lstm0</c>, <c>lstm0.reverse</c>.</summary>
    public string Name => Tail.Length == 0 ? Layer.Name : $"{Layer.Name}.{Ir.Names.Camel(Tail)}";

    /// <summary>The state of a window: frames of the past, the oldest first.</summary>
    public const string Past = "past";

    /// <summary>What it does with time.</summary>
    public PartRole Role { get; init; } = PartRole.PerStep;

    /// <summary>Its equations in training, where they have noise that others do not; null where they are the same.</summary>
    public CellGraph? TapedCell { get; init; }

    /// <summary>The share of values that its noise zeroes; 0 where it has none.</summary>
    public float NoiseRate { get; init; }

    /// <summary>What it reads.</summary>
    public IReadOnlyList<PartInput> Inputs { get; init; } = [];

    /// <summary>Features of what it reads: of all that is put side by side, or of each that becomes one elementwise.</summary>
    public int InputSize { get; init; }

    /// <summary>Features of what it gives.</summary>
    public int OutputSize => Cell?.OutputSize ?? Size;

    /// <summary>What it carries from step to step.</summary>
    public IReadOnlyList<CellState> States => Role switch
    {
        PartRole.Recurrent => Cell!.States,
        PartRole.Window => [new CellState(Past, (Taps - 1) * Dilation * InputSize)],
        _ => [],
    };

    /// <summary>Their sizes, which may be more than an int holds before they are checked.</summary>
    public IEnumerable<long> StateSizes => Role == PartRole.Window ? [(Taps - 1L) * Dilation * InputSize] : States.Select(state => (long)state.Size);

    /// <summary>After the names of its parameters and states: <c>_reverse</c>.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>Whether it goes from the last step to the first; of a last step, whether it is that of such a part: the first step in time.</summary>
    public bool Reverse { get; init; }

    /// <summary>Whether its rows are sequences, not steps.</summary>
    public bool OncePerSequence { get; init; }

    /// <summary>Whether its states become 0 at masked steps.</summary>
    public bool ResetsMasked { get; init; }

    /// <summary>The part that has the same equations and sizes, whose kernels it uses; null for its own.</summary>
    public string? KernelsOf { get; init; }

    /// <summary>
    /// Whether it computes the same as another part: the same layer but for its name and its weights. The last layer's activation may stand after its
    /// equations.
    /// </summary>
    public bool HasKernelsOf(Part other) =>
        (Tail, Layer.Kind, Layer.Options, Role) == (other.Tail, other.Layer.Kind, other.Layer.Options, other.Role)
        && Cell!.HasEquationsOf(other.Cell!);

    /// <summary>Of an operation on rows: the size of what it gives.</summary>
    public int Size { get; init; }

    /// <summary>Of an operation on rows: whether equations beside a product read it, whose vectors may be padded more than others.</summary>
    public bool IsReadByProducts { get; init; }

    /// <summary>Of a window: steps from one of its frames to the next.</summary>
    public int Dilation { get; init; }

    /// <summary>Of a window: frames that it gives, evenly apart, the oldest first.</summary>
    public int Taps { get; init; }

    /// <summary>Of surroundings: steps from the oldest of their frames to that of the step itself.</summary>
    public int Before { get; init; }

    /// <summary>Whether it needs later steps, so that its network cannot go step by step.</summary>
    public bool LooksAhead => Reverse || Role == PartRole.Surroundings;
}

/// <summary>Something that a part reads.</summary>
/// <param name="Name">What its equations call it, or <see cref="Multiplied"/>.</param>
/// <param name="Source">The part that computes it, or <see cref="Part.NetworkInput"/>.</param>
internal sealed record PartInput(string Name, string Source)
{
    /// <summary>The name of the vector that matrices multiply.</summary>
    public const string Multiplied = Ir.Names.Own + "x";
}

/// <summary>What a part does with time.</summary>
internal enum PartRole
{
    /// <summary>Its state goes from step to step.</summary>
    Recurrent,

    /// <summary>It processes every row alike and alone.</summary>
    PerStep,

    /// <summary>Like <see cref="PerStep"/>, and in training only.</summary>
    Noise,

    /// <summary>
    /// It takes the unmasked step that a sequence ends with. This and what follows take no equations: the runtime has these operations on whole rows.
    /// </summary>
    LastStep,

    /// <summary>It puts the columns of some vectors side by side, as many as there is room for.</summary>
    Columns,

    /// <summary>It puts the frames of a step and of some before it side by side.</summary>
    Window,

    /// <summary>It puts frames from before and after a step side by side.</summary>
    Surroundings,
}
