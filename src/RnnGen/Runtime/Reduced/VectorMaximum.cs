using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnGen.Runtime;

/// <summary>The largest absolute value of a vector.</summary>
internal static class VectorMaximum
{
    /// <summary>It in all lanes. The bits of floats that are not negative are in the order of the floats, and NaN comes last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Of(ref float source, nint count)
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
}
