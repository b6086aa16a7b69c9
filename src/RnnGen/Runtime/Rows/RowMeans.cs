using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RnnGen.Runtime;

/// <summary>The means of rows, for layer normalisation and its gradient. Sums are in a fixed order, so every machine gives the same bits.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowMeans
{
    /// <summary>Writes the mean of each row to all units of a row; the padding becomes 0.</summary>
    /// <param name="source">Rows of <paramref name="sourceStride"/> floats.</param>
    /// <param name="sourceStride">Floats per row of them.</param>
    /// <param name="target">Receives rows of <paramref name="targetStride"/> floats.</param>
    /// <param name="targetStride">Floats per row of it.</param>
    /// <param name="units">Values per row; what follows them is padding.</param>
    /// <param name="rows">Rows.</param>
    public static void Fill(ref float source, int sourceStride, ref float target, int targetStride, int units, nint rows)
    {
        for (nint row = 0; row < rows; row++)
        {
            var means = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, row * targetStride), targetStride);
            means[..units].Fill(Mean(ref Unsafe.Add(ref source, row * sourceStride), units));
            means[units..].Clear();
        }
    }

    /// <summary>Adds the mean of each row to all units of a row, and nothing to the padding.</summary>
    /// <inheritdoc cref="Fill"/>
    public static void Add(ref float source, int sourceStride, ref float target, int targetStride, int units, nint rows)
    {
        for (nint row = 0; row < rows; row++)
        {
            float mean = Mean(ref Unsafe.Add(ref source, row * sourceStride), units);
            foreach (ref float value in MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, row * targetStride), units))
                value += mean;
        }
    }

    /// <summary>
    /// Writes the sum of some elements of each row, divided by a number, to some elements of a row; its others become 0. For one value of a row that stands for all
    /// units, and for its gradient.
    /// </summary>
    /// <param name="source">Rows of <paramref name="sourceStride"/> floats; 0 for one row.</param>
    /// <param name="sourceStride">Floats per row of them.</param>
    /// <param name="first">The first element that counts.</param>
    /// <param name="count">How many count.</param>
    /// <param name="target">Receives rows of <paramref name="targetStride"/> floats.</param>
    /// <param name="targetStride">Floats per row of it.</param>
    /// <param name="targetFirst">The first element that is written.</param>
    /// <param name="units">How many are written.</param>
    /// <param name="divisor">What sums are divided by.</param>
    /// <param name="rows">Rows.</param>
    public static void FillPart(
        ref float source, int sourceStride, int first, int count, ref float target, int targetStride, int targetFirst, int units, int divisor, nint rows)
    {
        for (nint row = 0; row < rows; row++)
        {
            float mean = Sum(ref Unsafe.Add(ref source, (row * sourceStride) + first), count) / divisor;
            var means = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, row * targetStride), targetStride);
            means.Clear();
            means.Slice(targetFirst, units).Fill(mean);
        }
    }

    /// <summary>Adds them to what is there; with a target stride of 0, those of all rows to one.</summary>
    /// <inheritdoc cref="FillPart"/>
    public static void AddPart(
        ref float source, int sourceStride, int first, int count, ref float target, int targetStride, int targetFirst, int units, int divisor, nint rows)
    {
        for (nint row = 0; row < rows; row++)
        {
            float mean = Sum(ref Unsafe.Add(ref source, (row * sourceStride) + first), count) / divisor;
            foreach (ref float value in MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, (row * targetStride) + targetFirst), units))
                value += mean;
        }
    }

    private static float Mean(ref float row, int units) => Sum(ref row, units) / units;

    private static float Sum(ref float row, int units)
    {
        var sums = Vector256<float>.Zero;
        int unit = 0;
        for (; unit <= units - Vector256<float>.Count; unit += Vector256<float>.Count)
            sums += Vector256.LoadUnsafe(ref row, (nuint)unit);
        float sum = 0;
        for (int lane = 0; lane < Vector256<float>.Count; lane++)
            sum += sums[lane];
        for (; unit < units; unit++)
            sum += Unsafe.Add(ref row, unit);
        return sum;
    }
}
