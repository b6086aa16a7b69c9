using System.Runtime.CompilerServices;
using Vec = System.Runtime.Intrinsics.Vector128<float>;

namespace RnnGen.Runtime;

/// <content>The functions of <see cref="VectorMath"/>.</content>
public static partial class FusedMath
{
    /// <inheritdoc cref="VectorMath.Exp(Vec)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Exp(Vec x) => VectorMath.Exp<FusedSimd128, Vec>(x);

    /// <inheritdoc cref="VectorMath.Tanh(Vec)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Tanh(Vec x) => VectorMath.Tanh<FusedSimd128, Vec>(x);

    /// <inheritdoc cref="VectorMath.Sigmoid(Vec)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Sigmoid(Vec x) => VectorMath.Sigmoid<FusedSimd128, Vec>(x);

    /// <inheritdoc cref="VectorMath.SumError(Vec, Vec)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec SumError(Vec left, Vec right) => VectorMath.SumError(left, right);

    /// <inheritdoc cref="VectorMath.Relu(Vec)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Relu(Vec x) => VectorMath.Relu<FusedSimd128, Vec>(x);

    /// <inheritdoc cref="VectorMath.Positive(Vec)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Positive(Vec x) => VectorMath.Positive<FusedSimd128, Vec>(x);

    /// <inheritdoc cref="VectorMath.GateTanh(Vec)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec GateTanh(Vec x) => VectorMath.GateTanh<FusedSimd128, Vec>(x);

    /// <inheritdoc cref="VectorMath.FastTanh(Vec)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec FastTanh(Vec x) => VectorMath.FastTanh<FusedSimd128, Vec>(x);

    /// <inheritdoc cref="VectorMath.FastSigmoid(Vec)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec FastSigmoid(Vec x) => VectorMath.FastSigmoid<FusedSimd128, Vec>(x);

    /// <inheritdoc cref="VectorMath.GateSigmoid(Vec)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec GateSigmoid(Vec x) => VectorMath.GateSigmoid<FusedSimd128, Vec>(x);

    /// <inheritdoc cref="VectorMath.Softplus(Vec)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Softplus(Vec x) => VectorMath.Softplus<FusedSimd128, Vec>(x);

    /// <inheritdoc cref="VectorMath.Softsign(Vec)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Softsign(Vec x) => VectorMath.Softsign<FusedSimd128, Vec>(x);

    /// <inheritdoc cref="VectorMath.SoftsignSlope(Vec)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec SoftsignSlope(Vec x) => VectorMath.SoftsignSlope<FusedSimd128, Vec>(x);

    /// <inheritdoc cref="VectorMath.Erf(Vec)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Erf(Vec x) => VectorMath.Erf<FusedSimd128, Vec>(x);

    /// <inheritdoc cref="VectorMath.EluTail(Vec)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec EluTail(Vec x) => VectorMath.EluTail<FusedSimd128, Vec>(x);

    /// <inheritdoc cref="VectorMath.MinZero(Vec)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec MinZero(Vec x) => VectorMath.MinZero<FusedSimd128, Vec>(x);

    /// <inheritdoc cref="VectorMath.InverseSqrt(Vec)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec InverseSqrt(Vec x) => VectorMath.InverseSqrt<FusedSimd128, Vec>(x);

    /// <inheritdoc cref="VectorMath.Clamp(Vec, float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Clamp(Vec x, float low, float high) => VectorMath.Clamp<FusedSimd128, Vec>(x, low, high);

    /// <inheritdoc cref="VectorMath.Inside(Vec, float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Inside(Vec x, float low, float high) => VectorMath.Inside<FusedSimd128, Vec>(x, low, high);

    /// <inheritdoc cref="VectorMath.Reciprocal(Vec)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Reciprocal(Vec x) => VectorMath.Reciprocal(x);

    /// <inheritdoc cref="VectorMath.Log(Vec)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Log(Vec x) => VectorMath.Log<FusedSimd128, Vec>(x);

    /// <inheritdoc cref="VectorMath.Sqrt(Vec)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Sqrt(Vec x) => VectorMath.Sqrt<FusedSimd128, Vec>(x);

    /// <inheritdoc cref="VectorMath.Abs(Vec)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Abs(Vec x) => VectorMath.Abs<FusedSimd128, Vec>(x);

    /// <inheritdoc cref="VectorMath.Sin(Vec)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Sin(Vec x) => VectorMath.Sin<FusedSimd128, Vec>(x);

    /// <inheritdoc cref="VectorMath.Cos(Vec)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Cos(Vec x) => VectorMath.Cos<FusedSimd128, Vec>(x);

    /// <inheritdoc cref="VectorMath.LogSigmoid(Vec)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec LogSigmoid(Vec x) => VectorMath.LogSigmoid<FusedSimd128, Vec>(x);
}
