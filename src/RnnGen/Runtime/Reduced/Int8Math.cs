using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RnnGen.Runtime;

/// <summary>
/// What generated kernels multiply 8-bit weights with: four weights of a unit share a 32-bit word, and so do the four values that they multiply. A value q of 7
/// bits is stored as q + 64, from 1 to 127: no sum of two products leaves 16 bits, so all instruction sets give the same, exact sums. Whoever adds them up
/// starts from −64 times the sum of the weights.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Int8Math
{
    /// <summary>What stands for 0.</summary>
    internal const int Zero = 64;

    /// <summary>The largest |q| of a value.</summary>
    internal const float Levels = 63;

    /// <summary>Below, 63 / maximum could overflow: such a vector counts as 0.</summary>
    private const float Least = 1e-30f;

    /// <summary>Added to a small float, it rounds it to an integer q, to even where it is halfway, and leaves q + 64 in the lowest byte.</summary>
    private const float Rounder = (3 << 22) + Zero;

    private const int LowestByte = 0xFF;

    /// <summary>sums + Σ value · weight over the four of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> MultiplyAdd(Vector512<int> values, Vector512<float> weights, Vector512<int> sums) =>
        sums + Avx512BW.MultiplyAddAdjacent(Avx512BW.MultiplyAddAdjacent(values.AsByte(), weights.AsSByte()), Vector512.Create((short)1));

    /// <inheritdoc cref="MultiplyAdd(Vector512{int}, Vector512{float}, Vector512{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> MultiplyAdd(Vector256<int> values, Vector256<float> weights, Vector256<int> sums) => AvxVnni.IsSupported
        ? AvxVnni.MultiplyWideningAndAdd(sums, values.AsByte(), weights.AsSByte())
        : sums + Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(values.AsByte(), weights.AsSByte()), Vector256.Create((short)1));

    /// <inheritdoc cref="MultiplyAdd(Vector512{int}, Vector512{float}, Vector512{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> MultiplyAdd(Vector128<int> values, Vector128<float> weights, Vector128<int> sums)
    {
        var pairs = (Even(values.AsInt16()) * Even(weights.AsInt16())) + (Odd(values.AsInt16()) * Odd(weights.AsInt16()));
        return sums + ((pairs.AsInt32() << 16) >> 16) + (pairs.AsInt32() >> 16);
    }

    /// <summary>
    /// Makes a vector integers: q = 63 · value / maximum, the maximum being that of the absolute values.
    /// </summary>
    /// <param name="source">The vector.</param>
    /// <param name="count">Its length.</param>
    /// <param name="words">Receives q + 64 of each value, four a word; where they end within a word, zeros follow.</param>
    /// <returns>What a q of 1 stands for: NaN where a value is, and infinite where one is.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Quantize(ref float source, nint count, ref int words)
    {
        var maximum = Maximum(ref source, count);
        var factors = Vector128.ConditionalSelect(
            Vector128.GreaterThan(maximum, Vector128.Create(Least)), Vector128.Create(Levels) / maximum, Vector128<float>.Zero);
        Fill(ref source, count, factors, ref words);
        return (maximum / Vector128.Create(Levels)).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fill(ref float source, nint count, Vector128<float> factors, ref int words)
    {
        nint value = 0;
        if (Simd.HasAvx512)
            value = Quantize512(ref source, count, factors, ref words);
        else if (Simd.HasAvx2)
            value = Quantize256(ref source, count, factors, ref words);
        for (; value <= count - Vector128<float>.Count; value += Vector128<float>.Count)
        {
            var bits = ((Vector128.LoadUnsafe(ref source, (nuint)value) * factors) + Vector128.Create(Rounder)).AsByte();
            var lowest = Vector128.Shuffle(bits, Vector128.Create((byte)0, 4, 8, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
            Unsafe.Add(ref words, value / 4) = lowest.AsInt32().ToScalar();
        }

        if (value < count)
            Unsafe.Add(ref words, value / 4) = LastWord(ref Unsafe.Add(ref source, value), count - value, factors.ToScalar());
    }

    /// <summary>As many values as fill whole vectors; says how many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Quantize512(ref float source, nint count, Vector128<float> factors, ref int words)
    {
        nint value = 0;
        var wide = Avx512F.BroadcastScalarToVector512(factors);
        for (; value <= count - Vector512<float>.Count; value += Vector512<float>.Count)
        {
            var bits = ((Vector512.LoadUnsafe(ref source, (nuint)value) * wide) + Vector512.Create(Rounder)).AsUInt32();
            Avx512F.ConvertToVector128Byte(bits).AsInt32().StoreUnsafe(ref words, (nuint)value / 4);
        }

        return value;
    }

    /// <summary>As many values as fill four whole vectors; says how many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Quantize256(ref float source, nint count, Vector128<float> factors, ref int words)
    {
        nint value = 0;
        var wide = Avx2.BroadcastScalarToVector256(factors);
        for (; value <= count - (4 * Vector256<float>.Count); value += 4 * Vector256<float>.Count)
        {
            var low = Avx2.PackUnsignedSaturate(Integers(ref source, (nuint)value, wide), Integers(ref source, (nuint)value + 8, wide));
            var high = Avx2.PackUnsignedSaturate(Integers(ref source, (nuint)value + 16, wide), Integers(ref source, (nuint)value + 24, wide));

            // Packing goes by halves of vectors: the words' order is mended after it.
            var packed = Avx2.PackUnsignedSaturate(low.AsInt16(), high.AsInt16()).AsInt32();
            Avx2.PermuteVar8x32(packed, Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7)).StoreUnsafe(ref words, (nuint)value / 4);
        }

        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Integers(ref float source, nuint value, Vector256<float> factors) =>
        ((Vector256.LoadUnsafe(ref source, value) * factors) + Vector256.Create(Rounder)).AsInt32() & Vector256.Create(LowestByte);

    private static int LastWord(ref float source, nint count, float factor)
    {
        int word = 0;
        for (int value = 0; value < count; value++)
            word |= (BitConverter.SingleToInt32Bits((Unsafe.Add(ref source, value) * factor) + Rounder) & LowestByte) << (8 * value);
        return word;
    }

    /// <summary>
    /// The largest absolute value, in all lanes. The bits of floats that are not negative are in the order of the floats, and NaN comes last.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Maximum(ref float source, nint count)
    {
        var lanes = Vector128<int>.Zero;
        nint value = 0;
        if (Vector512.IsHardwareAccelerated && count >= Vector512<float>.Count)
        {
            var maxima = Vector512<int>.Zero;
            for (; value <= count - Vector512<float>.Count; value += Vector512<float>.Count)
                maxima = Vector512.Max(maxima, Vector512.LoadUnsafe(ref source, (nuint)value).AsInt32() & Vector512.Create(int.MaxValue));
            var half = Vector256.Max(maxima.GetLower(), maxima.GetUpper());
            lanes = Vector128.Max(half.GetLower(), half.GetUpper());
        }
        else if (Vector256.IsHardwareAccelerated && count >= Vector256<float>.Count)
        {
            var maxima = Vector256<int>.Zero;
            for (; value <= count - Vector256<float>.Count; value += Vector256<float>.Count)
                maxima = Vector256.Max(maxima, Vector256.LoadUnsafe(ref source, (nuint)value).AsInt32() & Vector256.Create(int.MaxValue));
            lanes = Vector128.Max(maxima.GetLower(), maxima.GetUpper());
        }

        for (; value <= count - Vector128<float>.Count; value += Vector128<float>.Count)
            lanes = Vector128.Max(lanes, Vector128.LoadUnsafe(ref source, (nuint)value).AsInt32() & Vector128.Create(int.MaxValue));
        for (; value < count; value++)
            lanes = Vector128.Max(lanes, Vector128.Create(BitConverter.SingleToInt32Bits(Unsafe.Add(ref source, value)) & int.MaxValue));
        lanes = Vector128.Max(lanes, Vector128.Shuffle(lanes, Vector128.Create(2, 3, 0, 1)));
        return Vector128.Max(lanes, Vector128.Shuffle(lanes, Vector128.Create(1, 0, 3, 2))).AsSingle();
    }

    /// <summary>The signed bytes 0, 2, 4 …</summary>
    private static Vector128<short> Even(Vector128<short> bytes) => (bytes << 8) >> 8;

    /// <summary>The signed bytes 1, 3, 5 …</summary>
    private static Vector128<short> Odd(Vector128<short> bytes) => bytes >> 8;
}
