using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnGen.Runtime;

/// <summary>Sums over rows: the gradients of biases. Each value's rows are added in order, so every machine gives the same bits.</summary>
/// <remarks>
/// Generated loops call it for 128 rows at a time, as they do the products that are gradients of weights. A gradient over n rows is thus off by
/// (128 + n / 128) · 2⁻²⁴ of the sum of all magnitudes at most: 5e-4 for a million rows.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowSums
{
    /// <summary>Floats that are summed at once: two cache lines, so that the sums do not wait for each other's additions.</summary>
    private const int Wide = 32;

    private const int Narrow = 4;

    /// <summary>Adds the sums over some rows of pre-activations' gradients to the gradients of biases, which lie block by block.</summary>
    /// <param name="rows">The gradients of the first block's pre-activations, of the accumulators that the biases feed.</param>
    /// <param name="shape">Where things lie.</param>
    /// <param name="gradients">The gradients of the first block's weights.</param>
    /// <param name="offsets">Where in a block each of the biases begins, all of which have the same gradient.</param>
    /// <param name="count">Rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ref float rows, in SumShape shape, ref float gradients, ReadOnlySpan<int> offsets, nint count)
    {
        for (int block = 0; block < shape.Blocks; block++)
        {
            ref float first = ref Unsafe.Add(ref rows, block * shape.SumsBlockStride);
            ref float gradient = ref Unsafe.Add(ref gradients, block * shape.BlockStride);
            int lane = 0;
            for (; lane + Wide <= shape.Width; lane += Wide)
            {
                var low = Vector512<float>.Zero;
                var high = Vector512<float>.Zero;
                ref float row = ref Unsafe.Add(ref first, lane);
                for (nint index = 0; index < count; index++)
                {
                    low += Vector512.LoadUnsafe(ref row);
                    high += Vector512.LoadUnsafe(ref row, Wide / 2);
                    row = ref Unsafe.Add(ref row, shape.RowStride);
                }

                foreach (int offset in offsets)
                {
                    ref float target = ref Unsafe.Add(ref gradient, offset + lane);
                    (Vector512.LoadUnsafe(ref target) + low).StoreUnsafe(ref target);
                    (Vector512.LoadUnsafe(ref target, Wide / 2) + high).StoreUnsafe(ref target, Wide / 2);
                }
            }

            for (; lane < shape.Width; lane += Narrow)
            {
                var sum = Vector128<float>.Zero;
                ref float row = ref Unsafe.Add(ref first, lane);
                for (nint index = 0; index < count; index++)
                {
                    sum += Vector128.LoadUnsafe(ref row);
                    row = ref Unsafe.Add(ref row, shape.RowStride);
                }

                foreach (int offset in offsets)
                {
                    ref float target = ref Unsafe.Add(ref gradient, offset + lane);
                    (Vector128.LoadUnsafe(ref target) + sum).StoreUnsafe(ref target);
                }
            }
        }
    }
}

/// <summary>Where the gradients of pre-activations and of biases lie.</summary>
/// <param name="RowStride">Floats per row of the gradients of pre-activations.</param>
/// <param name="SumsBlockStride">Floats of such a row per block.</param>
/// <param name="Width">Floats of them side by side that the biases feed, a multiple of 4.</param>
/// <param name="Blocks">Blocks of units.</param>
/// <param name="BlockStride">Floats of weights per block.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct SumShape(int RowStride, int SumsBlockStride, int Width, int Blocks, int BlockStride);
