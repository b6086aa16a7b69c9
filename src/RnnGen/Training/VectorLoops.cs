using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Lanes = System.Numerics.Vector;

namespace RnnGen.Training;

/// <summary>Loops over whole spans that losses and clipping share. Whatever the vector's width, they give the same bits.</summary>
internal static class VectorLoops
{
    /// <summary>The sum of the squares, in double, in eight lanes that are added up at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double SumOfSquares(ReadOnlySpan<float> values)
    {
        ref float first = ref MemoryMarshal.GetReference(values);
        int whole = values.Length - values.Length % Vector256<float>.Count;
        Vector256<double> lowSum = Vector256<double>.Zero;
        Vector256<double> highSum = Vector256<double>.Zero;
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector256<float>.Count)
        {
            var block = Vector256.LoadUnsafe(ref first, i);
            Vector256<double> low = Vector256.WidenLower(block);
            Vector256<double> high = Vector256.WidenUpper(block);
            lowSum += low * low;
            highSum += high * high;
        }

        Vector256<double> lanes = lowSum + highSum;
        double sum = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
        foreach (float value in values[whole..])
            sum += (double)value * value;
        return sum;
    }

    /// <summary>The index of the first value that is NaN or not from <paramref name="least"/> to <paramref name="most"/>; −1 where there is none.</summary>
    internal static int FirstOutside(ReadOnlySpan<float> values, float least, float most)
    {
        Vector<float> low = new(least), high = new(most);
        int whole = values.Length - values.Length % Vector<float>.Count, i = 0;
        for (; i < whole; i += Vector<float>.Count)
        {
            var block = new Vector<float>(values[i..]);
            if (!Lanes.GreaterThanOrEqualAll(block, low) || !Lanes.LessThanOrEqualAll(block, high))
                break;
        }

        for (; i < values.Length; i++)
        {
            if (!(values[i] >= least && values[i] <= most))
                return i;
        }

        return -1;
    }

    /// <summary><c>differences = minuends − subtrahends</c>.</summary>
    internal static void Subtract(ReadOnlySpan<float> minuends, ReadOnlySpan<float> subtrahends, Span<float> differences)
    {
        int whole = differences.Length - differences.Length % Vector<float>.Count;
        for (int i = 0; i < whole; i += Vector<float>.Count)
            (new Vector<float>(minuends[i..]) - new Vector<float>(subtrahends[i..])).CopyTo(differences[i..]);
        for (int i = whole; i < differences.Length; i++)
            differences[i] = minuends[i] - subtrahends[i];
    }

    /// <summary><c>sums += values</c>.</summary>
    internal static void Add(ReadOnlySpan<float> values, Span<float> sums)
    {
        int whole = sums.Length - sums.Length % Vector<float>.Count;
        for (int i = 0; i < whole; i += Vector<float>.Count)
            (new Vector<float>(sums[i..]) + new Vector<float>(values[i..])).CopyTo(sums[i..]);
        for (int i = whole; i < sums.Length; i++)
            sums[i] += values[i];
    }

    /// <summary>Multiplies all values by a factor.</summary>
    internal static void Scale(Span<float> values, float factor)
    {
        Span<Vector<float>> blocks = MemoryMarshal.Cast<float, Vector<float>>(values);
        foreach (ref Vector<float> block in blocks)
            block *= factor;
        foreach (ref float value in values[(blocks.Length * Vector<float>.Count)..])
            value *= factor;
    }

    /// <summary>Limits all values to [−limit, limit].</summary>
    internal static void Clamp(Span<float> values, float limit)
    {
        var high = new Vector<float>(limit);
        Span<Vector<float>> blocks = MemoryMarshal.Cast<float, Vector<float>>(values);
        foreach (ref Vector<float> block in blocks)
            block = Lanes.Min(Lanes.Max(block, -high), high);
        foreach (ref float value in values[(blocks.Length * Vector<float>.Count)..])
            value = Math.Clamp(value, -limit, limit);
    }
}
