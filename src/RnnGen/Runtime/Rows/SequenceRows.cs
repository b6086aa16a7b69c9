using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnGen.Training;

namespace RnnGen.Runtime;

/// <summary>What generated loops do with whole rows between layers: take the last real step of a sequence, give outputs out.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SequenceRows
{
    /// <summary>Writes the outputs of many rows, 0 where a row is masked.</summary>
    /// <param name="activation">From logits to outputs.</param>
    /// <param name="logits">Rows of <paramref name="stride"/> floats.</param>
    /// <param name="stride">Floats per row of logits.</param>
    /// <param name="outputs">Receives rows of <paramref name="size"/> floats.</param>
    /// <param name="mask">One byte per row.</param>
    /// <param name="size">Outputs per row.</param>
    /// <param name="rows">Rows.</param>
    public static void Write(OutputActivation activation, ref float logits, int stride, ref float outputs, ref byte mask, int size, nint rows) =>
        WriteColumns(activation, ref logits, stride, ref outputs, size, ref mask, size, rows);

    /// <summary>Writes the outputs of many rows, none of them masked.</summary>
    public static void Write(OutputActivation activation, ref float logits, int stride, ref float outputs, int size, nint rows) =>
        WriteColumns(activation, ref logits, stride, ref outputs, size, size, rows);

    /// <summary>Writes some columns of the outputs of many rows, 0 where a row is masked.</summary>
    /// <param name="activation">From logits to outputs.</param>
    /// <param name="logits">Rows of <paramref name="stride"/> floats, from the first of the columns on.</param>
    /// <param name="stride">Floats per row of logits.</param>
    /// <param name="outputs">Receives columns of rows of <paramref name="outputStride"/> floats.</param>
    /// <param name="outputStride">Floats per row of outputs.</param>
    /// <param name="mask">One byte per row.</param>
    /// <param name="size">Columns.</param>
    /// <param name="rows">Rows.</param>
    public static void WriteColumns(
        OutputActivation activation, ref float logits, int stride, ref float outputs, int outputStride, ref byte mask, int size, nint rows)
    {
        for (nint row = 0; row < rows; row++)
        {
            ref float output = ref Unsafe.Add(ref outputs, row * outputStride);
            if (Unsafe.Add(ref mask, row) == 0)
                Scratch.Clear(ref output, size);
            else
                OutputHead.Apply(activation, ref Unsafe.Add(ref logits, row * stride), ref output, size);
        }
    }

    /// <summary>Writes some columns of the outputs of many rows, none of them masked.</summary>
    public static void WriteColumns(OutputActivation activation, ref float logits, int stride, ref float outputs, int outputStride, int size, nint rows)
    {
        for (nint row = 0; row < rows; row++)
            OutputHead.Apply(activation, ref Unsafe.Add(ref logits, row * stride), ref Unsafe.Add(ref outputs, row * outputStride), size);
    }

    /// <summary>Copies the rows that are not masked over those of earlier steps, so that in the end each row holds its sequence's last real step.</summary>
    public static void Keep(ref byte mask, ref float source, int sourceStride, ref float destination, int destinationStride, int size, nint rows)
    {
        for (nint row = 0; row < rows; row++)
            if (Unsafe.Add(ref mask, row) != 0)
                Copy(ref Unsafe.Add(ref source, row * sourceStride), ref Unsafe.Add(ref destination, row * destinationStride), size);
    }

    /// <summary>Takes one step of each sequence out of the rows of all steps; 0 where a sequence has none.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="steps">[B]: which step; negative for none.</param>
    /// <param name="all">Rows of all steps.</param>
    /// <param name="allStride">Floats per row of them.</param>
    /// <param name="one">Receives a row per sequence.</param>
    /// <param name="oneStride">Floats per row of it.</param>
    /// <param name="size">Values per row.</param>
    public static void Gather(TapeMemory tape, ReadOnlySpan<int> steps, ref float all, int allStride, ref float one, int oneStride, int size)
    {
        for (int sequence = tape.First; sequence < tape.First + tape.Count; sequence++)
        {
            ref float row = ref Unsafe.Add(ref one, (nint)sequence * oneStride);
            if (steps[sequence] < 0)
                Scratch.Clear(ref row, size);
            else
                Copy(ref Unsafe.Add(ref all, Row(tape, steps[sequence], sequence) * allStride), ref row, size);
        }
    }

    /// <summary>
    /// The backward pass: each sequence's gradient goes to the step that was taken, and 0 to all others, or nothing where it is added to what is there.
    /// </summary>
    public static void Scatter(TapeMemory tape, ReadOnlySpan<int> steps, ref float all, int allStride, ref float one, int oneStride, int size, bool add)
    {
        if (!add)
            Clear(tape, tape.Steps, ref all, allStride);
        for (int sequence = tape.First; sequence < tape.First + tape.Count; sequence++)
        {
            if (steps[sequence] < 0)
                continue;
            ref float taken = ref Unsafe.Add(ref all, Row(tape, steps[sequence], sequence) * allStride);
            AddColumns(ref Unsafe.Add(ref one, (nint)sequence * oneStride), 0, ref taken, 0, size, 1);
        }
    }

    /// <summary>Sets the rows of a tape's view to 0.</summary>
    /// <param name="tape">The view.</param>
    /// <param name="steps">Rows per sequence.</param>
    /// <param name="rows">The first row of the first sequence.</param>
    /// <param name="stride">Floats per row.</param>
    public static void Clear(TapeMemory tape, int steps, ref float rows, int stride)
    {
        nint all = (nint)steps * tape.Batch;
        for (nint row = tape.First; row < all; row += tape.Advance(all))
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref rows, row * stride), (int)tape.RowsAt(row, all, all) * stride).Clear();
    }

    /// <summary>Copies the first columns of the rows of a tape's view.</summary>
    public static void CopyColumns(TapeMemory tape, int steps, ref float source, int sourceStride, ref float destination, int destinationStride, int size)
    {
        nint all = (nint)steps * tape.Batch;
        for (nint row = tape.First; row < all; row += tape.Advance(all))
            CopyColumns(
                ref Unsafe.Add(ref source, row * sourceStride), sourceStride, ref Unsafe.Add(ref destination, row * destinationStride), destinationStride, size,
                tape.RowsAt(row, all, all));
    }

    /// <summary>Adds the first columns of the rows of a tape's view to those of others.</summary>
    public static void AddColumns(TapeMemory tape, int steps, ref float source, int sourceStride, ref float destination, int destinationStride, int size)
    {
        nint all = (nint)steps * tape.Batch;
        for (nint row = tape.First; row < all; row += tape.Advance(all))
            AddColumns(
                ref Unsafe.Add(ref source, row * sourceStride), sourceStride, ref Unsafe.Add(ref destination, row * destinationStride), destinationStride, size,
                tape.RowsAt(row, all, all));
    }

    /// <summary>Copies the first columns of some rows.</summary>
    public static void CopyColumns(ref float source, int sourceStride, ref float destination, int destinationStride, int size, nint rows)
    {
        for (nint row = 0; row < rows; row++)
            Copy(ref Unsafe.Add(ref source, row * sourceStride), ref Unsafe.Add(ref destination, row * destinationStride), size);
    }

    /// <summary>Adds the first columns of some rows to those of others.</summary>
    public static void AddColumns(ref float source, int sourceStride, ref float destination, int destinationStride, int size, nint rows)
    {
        for (nint row = 0; row < rows; row++)
            VectorLoops.Add(
                MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref source, row * sourceStride), size),
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref destination, row * destinationStride), size));
    }

    private static nint Row(TapeMemory tape, int step, int sequence) => ((nint)step * tape.Batch) + sequence;

    private static void Copy(ref float source, ref float destination, int size) =>
        MemoryMarshal.CreateReadOnlySpan(ref source, size).CopyTo(MemoryMarshal.CreateSpan(ref destination, size));
}
