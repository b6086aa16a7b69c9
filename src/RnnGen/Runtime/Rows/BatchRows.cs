using System.ComponentModel;

namespace RnnGen.Runtime;

/// <summary>A batch to run, and the sequences of it that a thread runs. Nothing here is checked: who makes it has done that.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct BatchRows
{
    /// <summary>The states of all sequences, packed; a null reference where they start as new ones.</summary>
    public readonly ref float States;

    /// <summary>[T, B, floats of a frame].</summary>
    public readonly ref float Frames;

    /// <summary>[T, B].</summary>
    public readonly ref byte Mask;

    /// <summary>[T, B, OutputSize], or [B, OutputSize]; a null reference where a many-to-one network does not answer yet.</summary>
    public readonly ref float Outputs;

    /// <summary>Scratch of the thread's own.</summary>
    public readonly ref float Scratch;

    internal BatchRows(ref float states, ref float frames, ref byte mask, ref float outputs, ref float scratch)
    {
        States = ref states;
        Frames = ref frames;
        Mask = ref mask;
        Outputs = ref outputs;
        Scratch = ref scratch;
    }

    /// <summary>T.</summary>
    public int Steps { get; internal init; }

    /// <summary>B.</summary>
    public int Batch { get; internal init; }

    /// <summary>The first sequence to run.</summary>
    public int First { get; internal init; }

    /// <summary>The one after the last.</summary>
    public int End { get; internal init; }

    /// <summary>
    /// The steps to process at once, so that rows are processed so many at a time: several of few sequences, which must then be all of the batch, because only
    /// their rows lie one after the other.
    /// </summary>
    /// <param name="rows">Rows to process at once.</param>
    public nint StepsAtOnce(int rows) => End - First == Batch ? Math.Max(1, rows / Batch) : 1;
}

/// <summary>A network's loop over the sequences of a batch, for the memory to call: on one thread or on several.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IBatchRuns
{
    /// <summary>The network's memory.</summary>
    NetworkMemory Memory { get; }

    /// <summary>Runs some sequences.</summary>
    /// <param name="rows">Which.</param>
    void Run(BatchRows rows);
}
