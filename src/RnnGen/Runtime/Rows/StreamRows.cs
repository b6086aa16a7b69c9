using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace RnnGen.Runtime;

/// <summary>Takes the states of some streams into the rows that generated loops work on, and back.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StreamRows
{
    /// <summary>Copies a state of some streams into rows; leaves the rows as they are where there are no streams (a null reference).</summary>
    /// <param name="states">The states of all streams.</param>
    /// <param name="first">Where in them the state of the first of these streams begins.</param>
    /// <param name="stateStride">Floats from one stream to the next.</param>
    /// <param name="rows">The first row.</param>
    /// <param name="stride">Floats per row.</param>
    /// <param name="size">Units.</param>
    /// <param name="count">Streams.</param>
    public static void Load(ref float states, nint first, int stateStride, ref float rows, int stride, int size, nint count)
    {
        if (!Unsafe.IsNullRef(ref states))
            SequenceRows.CopyColumns(ref Unsafe.Add(ref states, first), stateStride, ref rows, stride, size, count);
    }

    /// <summary>The backward pass.</summary>
    /// <inheritdoc cref="Load"/>
    public static void Store(ref float states, nint first, int stateStride, ref float rows, int stride, int size, nint count)
    {
        if (!Unsafe.IsNullRef(ref states))
            SequenceRows.CopyColumns(ref rows, stride, ref Unsafe.Add(ref states, first), stateStride, size, count);
    }

    /// <summary>Sets the outputs of the streams to 0 that have no step.</summary>
    /// <param name="mask">One byte per stream; 0 where it has none.</param>
    /// <param name="outputs">[streams × <paramref name="size"/>].</param>
    /// <param name="size">Outputs per stream.</param>
    public static void ClearMasked(ReadOnlySpan<byte> mask, Span<float> outputs, int size)
    {
        for (int stream = 0; stream < mask.Length; stream++)
            if (mask[stream] == 0)
                outputs.Slice(stream * size, size).Clear();
    }

    /// <summary>Sets rows to 0.</summary>
    public static void Clear(ref float rows, int stride, nint count) => Scratch.Clear(ref rows, (int)count * stride);

    /// <summary>Copies one vector into each row: a learned state.</summary>
    public static void Fill(ref float vector, ref float rows, int stride, int size, nint count) =>
        SequenceRows.CopyColumns(ref vector, 0, ref rows, stride, size, count);
}
