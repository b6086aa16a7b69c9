using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace RnnGen.Runtime;

/// <content>Functions that are one instruction.</content>
public static partial class VectorMath
{
    /// <summary>
    /// A value that vectors are to be multiplied with by <see cref="MultiplyAddFactor"/>: in all lanes, or in the first where the CPU multiplies with one.
    /// </summary>
    /// <param name="value">Any float.</param>
    /// <returns>What that function takes; the other lanes mean nothing on ARM.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Factor(float value) => AdvSimd.Arm64.IsSupported ? Vector128.CreateScalarUnsafe(value) : Vector128.Create(value);

    /// <summary>factor × vector + addend, each lane, rounded once where there is FMA hardware and twice elsewhere.</summary>
    /// <param name="factor">A value, of <see cref="Factor"/>.</param>
    /// <param name="vector">Any floats.</param>
    /// <param name="addend">Any floats.</param>
    /// <returns>One result per lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAddFactor(Vector128<float> factor, Vector128<float> vector, Vector128<float> addend) => AdvSimd.Arm64.IsSupported
        ? AdvSimd.Arm64.FusedMultiplyAddBySelectedScalar(addend, vector, factor, 0)
        : Vector128.MultiplyAddEstimate(factor, vector, addend);

    /// <summary>1 / x, each lane, rounded once.</summary>
    /// <param name="x">Any floats.</param>
    /// <returns>One result per lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Reciprocal(Vector128<float> x) => Vector128<float>.One / x;

    /// <inheritdoc cref="Reciprocal(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Reciprocal(Vector256<float> x) => Vector256<float>.One / x;

    /// <inheritdoc cref="Reciprocal(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Reciprocal(Vector512<float> x) => Vector512<float>.One / x;
}
