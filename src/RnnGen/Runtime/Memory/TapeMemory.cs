using System.ComponentModel;
using RnnGen.Training;

namespace RnnGen.Runtime;

/// <summary>
/// What generated loops see of a tape during one pass: all its sequences, or some that are one thread's. Nothing here is checked: <see cref="Tape{TNetwork}"/>
/// has done that before.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class TapeMemory
{
    // Pointers do not keep the memory alive; this does, for as long as someone holds the view.
    private readonly Arena _arena;
    private readonly float*[] _regions;
    private readonly float* _gradients;
    private byte* _mask;
    private int* _lastSteps;
    private int* _firstSteps;

    /// <summary>A view of the same memory.</summary>
    internal TapeMemory(TapeMemory whole)
        : this(whole._arena, whole._regions, whole._gradients)
    {
    }

    /// <param name="arena">The memory.</param>
    /// <param name="regions">Where the regions lie, shared by all views; <see cref="SetRegion"/> fills it.</param>
    /// <param name="gradients">Where the parameters' gradients lie.</param>
    internal TapeMemory(Arena arena, float*[] regions, float* gradients)
    {
        _arena = arena;
        _regions = regions;
        _gradients = gradients;
    }

    /// <summary>Takes over another view's batch.</summary>
    internal void Take(TapeMemory other)
    {
        (Steps, Batch, DropoutSeed, FirstStep) = (other.Steps, other.Batch, other.DropoutSeed, other.FirstStep);
        WantsInputGradients = other.WantsInputGradients;
        SetSteps(other._mask, other._lastSteps, other._firstSteps);
    }

    /// <summary>Says where a region lies, for all views.</summary>
    internal void SetRegion(int index, float* first) => _regions[index] = first;

    /// <summary>Says where the mask and each sequence's last and first steps lie.</summary>
    internal void SetSteps(byte* mask, int* lastSteps, int* firstSteps)
    {
        _mask = mask;
        _lastSteps = lastSteps;
        _firstSteps = firstSteps;
    }

    /// <summary>Time steps of the current batch, T.</summary>
    public int Steps { get; internal set; }

    /// <summary>Sequences of the current batch, B.</summary>
    public int Batch { get; internal set; }

    /// <summary>The first sequence that this view processes.</summary>
    public int First { get; internal set; }

    /// <summary>The sequences that it processes.</summary>
    public int Count { get; internal set; }

    /// <summary>Whether the backward pass computes the gradient of the frames.</summary>
    public bool WantsInputGradients { get; internal set; }

    /// <summary>Whether it processes all sequences.</summary>
    public bool IsWhole => Count == Batch;

    /// <summary>Rows from the start of one span of rows to the next: chunk after chunk of all rows, or a step's rows after those of the step before.</summary>
    /// <param name="chunk">Rows of a span where the view is whole.</param>
    public nint Advance(nint chunk) => IsWhole ? chunk : Batch;

    /// <summary>Rows of the span that starts at a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="chunk">Rows of a span where the view is whole.</param>
    /// <param name="all">Rows of all sequences.</param>
    public nint RowsAt(nint row, nint chunk, nint all) => IsWhole ? nint.Min(chunk, all - row) : Count;

    /// <summary>[T, B]; 1 is a real step.</summary>
    public ref byte Mask => ref *_mask;

    /// <summary>[B]: each sequence's last real step; −1 where it has none.</summary>
    public ReadOnlySpan<int> LastSteps => new(_lastSteps, Batch);

    /// <summary>[B]: each sequence's first real step; −1 where it has none.</summary>
    public ReadOnlySpan<int> FirstSteps => new(_firstSteps, Batch);

    /// <summary>What dropout is drawn with; null where it is off.</summary>
    public long? DropoutSeed { get; internal set; }

    /// <summary>Which step of its sequences the current batch begins with.</summary>
    public long FirstStep { get; internal set; }

    /// <summary>The parameters' gradients, packed like the weights; kernels add to them.</summary>
    public ref float Gradients => ref *_gradients;

    /// <summary>
    /// A region's first float. Row r lies at <c>r × stride</c>, and row t × B + b is sequence b at step t: rows are counted with the current batch's B.
    /// Padding columns are zero and must stay zero.
    /// </summary>
    /// <param name="index">Its position in <see cref="TapeLayout.Regions"/>.</param>
    public ref float Region(int index)
    {
        ref float first = ref *_regions[index];
        GC.KeepAlive(_arena);
        return ref first;
    }
}
