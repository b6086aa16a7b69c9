using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnGen.Runtime;

/// <content>Sums whose rounding errors are not lost.</content>
public static partial class VectorMath
{
    /// <summary>
    /// What rounding takes from left + right (Knuth's two-sum): exact, whichever is larger; 0 where the sum is not finite. Additions only, so that every
    /// instruction set gives the same bits.
    /// </summary>
    /// <param name="left">A summand.</param>
    /// <param name="right">The other.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SumError(Vector128<float> left, Vector128<float> right)
    {
        Vector128<float> sum = left + right, added = sum - left, error = (left - (sum - added)) + (right - added);
        return error & Vector128.Equals(error, error);
    }

    /// <inheritdoc cref="SumError(Vector128{float}, Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SumError(Vector256<float> left, Vector256<float> right)
    {
        Vector256<float> sum = left + right, added = sum - left, error = (left - (sum - added)) + (right - added);
        return error & Vector256.Equals(error, error);
    }

    /// <inheritdoc cref="SumError(Vector128{float}, Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SumError(Vector512<float> left, Vector512<float> right)
    {
        Vector512<float> sum = left + right, added = sum - left, error = (left - (sum - added)) + (right - added);
        return error & Vector512.Equals(error, error);
    }
}
