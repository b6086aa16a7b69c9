using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RnnGen.Runtime;

/// <summary>
/// Products with 8-bit weights. Four weights of a unit share a 32-bit word and multiply four 16-bit integers, two per word. A weight w is stored as w + 128, so
/// that a mask or an unsigned shift extends it to 16 bits; sums therefore start from −128 times the sum of the integers. Sums are exact on every instruction set:
/// 32-bit additions wrap, so only the whole sum has to fit 32 bits.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Int8Math
{
    /// <summary>What stands for a weight of 0.</summary>
    internal const int ZeroWeight = 128;

    private const int LargestWeight = 127;

    /// <summary>Below, levels / maximum could overflow: such a vector counts as 0.</summary>
    private const float Least = 1e-30f;

    /// <summary>Added to a small float, it rounds it to an integer, to even where it is halfway, which its lower half then holds.</summary>
    private const float Rounder = 3 << 22;

    private const ushort LowerByte = 0xFF;

    /// <summary>sums + Σ value · weight over the four of each lane: of the lower byte of each half, and of the upper one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> MultiplyAdd(Vector512<int> first, Vector512<int> second, Vector512<float> weights, Vector512<int> sums)
    {
        if (!Avx512BW.IsSupported)
            return Vector512.Create(
                MultiplyAdd(first.GetLower(), second.GetLower(), weights.GetLower(), sums.GetLower()),
                MultiplyAdd(first.GetUpper(), second.GetUpper(), weights.GetUpper(), sums.GetUpper()));
        var (lower, upper) = (weights.AsUInt16() & Vector512.Create(LowerByte), weights.AsUInt16() >>> 8);
        return sums + (Avx512BW.MultiplyAddAdjacent(first.AsInt16(), lower.AsInt16()) + Avx512BW.MultiplyAddAdjacent(second.AsInt16(), upper.AsInt16()));
    }

    /// <inheritdoc cref="MultiplyAdd(Vector512{int}, Vector512{int}, Vector512{float}, Vector512{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> MultiplyAdd(Vector256<int> first, Vector256<int> second, Vector256<float> weights, Vector256<int> sums)
    {
        if (!Avx2.IsSupported)
            return Vector256.Create(
                MultiplyAdd(first.GetLower(), second.GetLower(), weights.GetLower(), sums.GetLower()),
                MultiplyAdd(first.GetUpper(), second.GetUpper(), weights.GetUpper(), sums.GetUpper()));
        var (lower, upper) = (weights.AsUInt16() & Vector256.Create(LowerByte), weights.AsUInt16() >>> 8);
        return sums + (Avx2.MultiplyAddAdjacent(first.AsInt16(), lower.AsInt16()) + Avx2.MultiplyAddAdjacent(second.AsInt16(), upper.AsInt16()));
    }

    /// <inheritdoc cref="MultiplyAdd(Vector512{int}, Vector512{int}, Vector512{float}, Vector512{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> MultiplyAdd(Vector128<int> first, Vector128<int> second, Vector128<float> weights, Vector128<int> sums)
    {
        var (lower, upper) = (weights.AsUInt16() & Vector128.Create(LowerByte), weights.AsUInt16() >>> 8);
        return sums + (Pairs(first, lower.AsInt32()) + Pairs(second, upper.AsInt32()));
    }

    /// <summary>The sum of the products of both halves; those of weights have no sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Pairs(Vector128<int> values, Vector128<int> weights) => Sse2.IsSupported
        ? Sse2.MultiplyAddAdjacent(values.AsInt16(), weights.AsInt16())
        : (((values << 16) >> 16) * (weights & Vector128.Create((int)LowerByte))) + ((values >> 16) * (weights >>> 16));

    /// <summary>
    /// Quantizes a vector: q = levels · value / maximum, the maximum being that of the absolute values. There are 32767 levels, or fewer for a long vector, so
    /// that a sum of its products fits 32 bits.
    /// </summary>
    /// <param name="source">The vector.</param>
    /// <param name="count">Its length.</param>
    /// <param name="words">Receives the integers, two per word, padded with zeros to a multiple of four.</param>
    /// <param name="start">What sums of products start from.</param>
    /// <returns>What a q of 1 stands for: NaN where a value is, and infinite where one is.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Quantize(ref float source, nint count, ref int words, out int start)
    {
        float levels = Levels(count);
        var maximum = VectorMaximum.Of(ref source, count);
        var factors = Vector128.ConditionalSelect(
            Vector128.GreaterThan(maximum, Vector128.Create(Least)), Vector128.Create(levels) / maximum, Vector128<float>.Zero);
        start = -ZeroWeight * Fill(ref source, count, factors, ref words);
        return maximum.ToScalar() / levels;
    }

    /// <summary>The largest integer of a vector: 127 times it, times the length, is within 32 bits.</summary>
    internal static int Levels(nint count) => count <= int.MaxValue / LargestWeight / short.MaxValue ? short.MaxValue : int.MaxValue / LargestWeight / (int)count;

    /// <summary>Returns the sum of the integers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Fill(ref float source, nint count, Vector128<float> factors, ref int words)
    {
        nint value = 0;
        var sums = Vector128<int>.Zero;
        if (Vector256.IsHardwareAccelerated)
        {
            var (wide, wideSums) = (Vector256.Create(factors, factors), Vector256<int>.Zero);
            for (; value <= count - Vector256<short>.Count; value += Vector256<short>.Count)
            {
                var (low, high) = (Integers(ref source, (nuint)value, wide), Integers(ref source, (nuint)(value + Vector256<float>.Count), wide));
                wideSums += low + high;
                Vector256.Narrow(low, high).AsInt32().StoreUnsafe(ref words, (nuint)value / 2);
            }

            sums = wideSums.GetLower() + wideSums.GetUpper();
        }

        for (; value <= count - Vector128<short>.Count; value += Vector128<short>.Count)
        {
            var (low, high) = (Integers(ref source, (nuint)value, factors), Integers(ref source, (nuint)(value + Vector128<float>.Count), factors));
            sums += low + high;
            Vector128.Narrow(low, high).AsInt32().StoreUnsafe(ref words, (nuint)value / 2);
        }

        return Vector128.Sum(sums) + FillRest(ref Unsafe.Add(ref source, value), count - value, factors.ToScalar(), ref Unsafe.Add(ref words, value / 2));
    }

    private static int FillRest(ref float source, nint count, float factor, ref int words)
    {
        int sum = 0;
        for (nint value = 0; value < count; value++)
        {
            int integer = BitConverter.SingleToInt32Bits((Unsafe.Add(ref source, value) * factor) + Rounder) - BitConverter.SingleToInt32Bits(Rounder);
            sum += integer;
            Unsafe.Add(ref Unsafe.As<int, short>(ref words), value) = (short)integer;
        }

        for (nint value = count; value % 4 != 0; value++)
            Unsafe.Add(ref Unsafe.As<int, short>(ref words), value) = 0;
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Integers(ref float source, nuint value, Vector256<float> factors) =>
        ((Vector256.LoadUnsafe(ref source, value) * factors) + Vector256.Create(Rounder)).AsInt32() - Vector256.Create(Rounder).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Integers(ref float source, nuint value, Vector128<float> factors) =>
        ((Vector128.LoadUnsafe(ref source, value) * factors) + Vector128.Create(Rounder)).AsInt32() - Vector128.Create(Rounder).AsInt32();
}
