using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace RnnGen.Runtime;

/// <summary>
/// <see cref="VectorMath"/> for a CPU that may have no fused multiply-add, with the bits of one that has: what a deterministic network computes with where
/// 128-bit vectors are the widest.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class FusedMath
{
    /// <summary>left × right + addend, each lane, rounded once on every CPU.</summary>
    /// <param name="left">Any floats.</param>
    /// <param name="right">Any floats.</param>
    /// <param name="addend">Any floats.</param>
    /// <returns>One result per lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> left, Vector128<float> right, Vector128<float> addend) =>
        Fma.IsSupported || AdvSimd.IsSupported ? Vector128.FusedMultiplyAdd(left, right, addend) : MultiplyAddInDoubles(left, right, addend);

    /// <summary>factor × vector + addend, each lane, rounded once on every CPU.</summary>
    /// <param name="factor">A value, of <see cref="VectorMath.Factor"/>.</param>
    /// <param name="vector">Any floats.</param>
    /// <param name="addend">Any floats.</param>
    /// <returns>One result per lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAddFactor(Vector128<float> factor, Vector128<float> vector, Vector128<float> addend) =>
        AdvSimd.Arm64.IsSupported ? VectorMath.MultiplyAddFactor(factor, vector, addend) : MultiplyAdd(factor, vector, addend);

    /// <summary>
    /// The same by arithmetic on doubles, in which the product of two floats is exact. (Boldo and Melquiond, "Emulation of FMA and correctly rounded sums:
    /// proved algorithms using rounding to odd", 2008.)
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Vector128<float> MultiplyAddInDoubles(Vector128<float> left, Vector128<float> right, Vector128<float> addend) => Vector128.Narrow(
        SumToOdd(Vector128.WidenLower(left) * Vector128.WidenLower(right), Vector128.WidenLower(addend)),
        SumToOdd(Vector128.WidenUpper(left) * Vector128.WidenUpper(right), Vector128.WidenUpper(addend)));

    /// <summary>
    /// The sum of a product of floats, which is exact as a double, and a float: where it is not exact, that of the two neighbouring doubles whose last bit is
    /// 1. So it is never halfway between two floats where the exact sum is not, and rounds to a float as the exact sum does.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> SumToOdd(Vector128<double> product, Vector128<double> addend)
    {
        Vector128<double> sum = product + addend;
        Vector128<double> addendPart = sum - product;
        Vector128<double> error = (product - (sum - addendPart)) + (addend - addendPart); // Knuth's two-sum; NaN where the sum is not a number.

        Vector128<long> isInexact = (Vector128.GreaterThan(error, Vector128<double>.Zero) | Vector128.LessThan(error, Vector128<double>.Zero)).AsInt64();
        Vector128<long> isEven = Vector128.Equals(sum.AsInt64() & Vector128<long>.One, Vector128<long>.Zero);

        // The odd neighbour lies where the error points: away from zero where it has the sum's sign.
        Vector128<double> agreement = ((error ^ sum) & Vector128.Create(-0.0)) | Vector128<double>.One;
        Vector128<long> step = Vector128.LessThan(agreement, Vector128<double>.Zero).AsInt64() | Vector128<long>.One;
        return (sum.AsInt64() + (step & isInexact & isEven)).AsDouble();
    }
}
