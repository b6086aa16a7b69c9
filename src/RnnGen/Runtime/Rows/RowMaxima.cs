using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RnnGen.Runtime;

/// <summary>The largest values of rows, for a softmax that does not overflow.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowMaxima
{
    /// <summary>Writes the largest value of each row to all units of a row; the padding becomes 0.</summary>
    /// <inheritdoc cref="RowMeans.Fill"/>
    public static void Fill(ref float source, int sourceStride, ref float target, int targetStride, int units, nint rows)
    {
        for (nint row = 0; row < rows; row++)
        {
            var maxima = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, row * targetStride), targetStride);
            maxima[..units].Fill(Maximum(ref Unsafe.Add(ref source, row * sourceStride), units));
            maxima[units..].Clear();
        }
    }

    private static float Maximum(ref float row, int units)
    {
        var maxima = Vector256.Create(float.NegativeInfinity);
        int unit = 0;
        for (; unit <= units - Vector256<float>.Count; unit += Vector256<float>.Count)
            maxima = Vector256.Max(maxima, Vector256.LoadUnsafe(ref row, (nuint)unit));
        float maximum = float.NegativeInfinity;
        for (int lane = 0; lane < Vector256<float>.Count; lane++)
            maximum = MathF.Max(maximum, maxima[lane]);
        for (; unit < units; unit++)
            maximum = MathF.Max(maximum, Unsafe.Add(ref row, unit));
        return maximum;
    }
}
