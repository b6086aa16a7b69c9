using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnGen.Runtime;

/// <summary>Sums over rows: the gradients of biases. Each value's rows are added in order, so every machine gives the same bits.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowSums
{
    /// <summary>Floats that are summed at once: a block of a layer's units is so many, or 4 or 8.</summary>
    private const int Wide = 16;

    /// <summary>Adds the sums over some rows of pre-activations' gradients to the gradients of biases, which lie block by block.</summary>
    /// <param name="rows">The gradients of pre-activations: for each accumulator all its units.</param>
    /// <param name="shape">Where things lie.</param>
    /// <param name="accumulators">Those that the biases feed, in the order in which the biases lie in a block.</param>
    /// <param name="offsets">Where in a block each of the biases begins, all of which have the same gradient.</param>
    /// <param name="gradients">The gradients of the first block's weights.</param>
    /// <param name="count">Rows.</param>
    public static void Add(ref float rows, in SumShape shape, ReadOnlySpan<int> accumulators, ReadOnlySpan<int> offsets, ref float gradients, nint count)
    {
        for (int block = 0; block < shape.Blocks; block++)
            for (int slot = 0; slot < accumulators.Length; slot++)
            {
                ref float column = ref Unsafe.Add(ref rows, (accumulators[slot] * shape.AccumulatorStride) + (block * shape.BlockUnits));
                foreach (int offset in offsets)
                    Add(ref column, shape, ref Unsafe.Add(ref gradients, (block * shape.BlockStride) + offset + (slot * shape.BlockUnits)), count);
            }
    }

    private static void Add(ref float column, in SumShape shape, ref float gradient, nint count)
    {
        for (int unit = 0; unit < shape.BlockUnits; unit += Wide)
        {
            ref float first = ref Unsafe.Add(ref column, unit);
            ref float target = ref Unsafe.Add(ref gradient, unit);
            if (shape.BlockUnits >= Wide)
                (Vector512.LoadUnsafe(ref target) + Sum512(ref first, shape.RowStride, count)).StoreUnsafe(ref target);
            else if (shape.BlockUnits == Vector256<float>.Count)
                (Vector256.LoadUnsafe(ref target) + Sum256(ref first, shape.RowStride, count)).StoreUnsafe(ref target);
            else
                (Vector128.LoadUnsafe(ref target) + Sum128(ref first, shape.RowStride, count)).StoreUnsafe(ref target);
        }
    }

    private static Vector512<float> Sum512(ref float first, int stride, nint count)
    {
        var sum = Vector512<float>.Zero;
        for (nint row = 0; row < count; row++)
            sum += Vector512.LoadUnsafe(ref Unsafe.Add(ref first, row * stride));
        return sum;
    }

    private static Vector256<float> Sum256(ref float first, int stride, nint count)
    {
        var sum = Vector256<float>.Zero;
        for (nint row = 0; row < count; row++)
            sum += Vector256.LoadUnsafe(ref Unsafe.Add(ref first, row * stride));
        return sum;
    }

    private static Vector128<float> Sum128(ref float first, int stride, nint count)
    {
        var sum = Vector128<float>.Zero;
        for (nint row = 0; row < count; row++)
            sum += Vector128.LoadUnsafe(ref Unsafe.Add(ref first, row * stride));
        return sum;
    }
}

/// <summary>Where the gradients of pre-activations and of biases lie.</summary>
/// <param name="RowStride">Floats a row of the gradients of pre-activations.</param>
/// <param name="AccumulatorStride">Floats from one accumulator to the next.</param>
/// <param name="Blocks">Blocks of units.</param>
/// <param name="BlockUnits">Units a block: 4, 8 or a multiple of 16.</param>
/// <param name="BlockStride">Floats of weights a block.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct SumShape(int RowStride, int AccumulatorStride, int Blocks, int BlockUnits, int BlockStride);
