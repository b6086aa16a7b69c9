using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnGen.Runtime;

// The functions that activations beyond Sigmoid, Tanh and Relu are made of, and their derivatives.
public static partial class VectorMath
{
    /// <summary>
    /// The logarithm of 1 + e^x, each lane: at most 3 ULP from the true value where that is a normal float (4 without FMA hardware), x itself for
    /// large x. NaN stays NaN.
    /// </summary>
    /// <param name="x">Any floats.</param>
    /// <returns>One result per lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Softplus(Vector128<float> x) => Softplus<Simd128, Vector128<float>>(x);

    /// <inheritdoc cref="Softplus(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Softplus(Vector256<float> x) => Softplus<Simd256, Vector256<float>>(x);

    /// <inheritdoc cref="Softplus(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Softplus(Vector512<float> x) => Softplus<Simd512, Vector512<float>>(x);

    /// <summary>x / (1 + |x|), each lane: at most 2 ULP from the true value, +-1 at the infinities. NaN stays NaN.</summary>
    /// <param name="x">Any floats.</param>
    /// <returns>One result per lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Softsign(Vector128<float> x) => Softsign<Simd128, Vector128<float>>(x);

    /// <inheritdoc cref="Softsign(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Softsign(Vector256<float> x) => Softsign<Simd256, Vector256<float>>(x);

    /// <inheritdoc cref="Softsign(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Softsign(Vector512<float> x) => Softsign<Simd512, Vector512<float>>(x);

    /// <summary>
    /// 1 / (1 + |x|)^2, each lane, the derivative of <see cref="Softsign(Vector128{float})"/>: at most 4 ULP from the true value where that is a normal
    /// float. NaN stays NaN.
    /// </summary>
    /// <param name="x">Any floats.</param>
    /// <returns>One result per lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SoftsignSlope(Vector128<float> x) => SoftsignSlope<Simd128, Vector128<float>>(x);

    /// <inheritdoc cref="SoftsignSlope(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SoftsignSlope(Vector256<float> x) => SoftsignSlope<Simd256, Vector256<float>>(x);

    /// <inheritdoc cref="SoftsignSlope(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SoftsignSlope(Vector512<float> x) => SoftsignSlope<Simd512, Vector512<float>>(x);

    /// <summary>
    /// The error function, each lane: at most 1.5e-7 from the true value, odd, exactly +-1 from |x| = 4 on; for small x at most 5e-7 relative to the
    /// true value. NaN stays NaN.
    /// </summary>
    /// <param name="x">Any floats.</param>
    /// <returns>One result per lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Erf(Vector128<float> x) => Erf<Simd128, Vector128<float>>(x);

    /// <inheritdoc cref="Erf(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Erf(Vector256<float> x) => Erf<Simd256, Vector256<float>>(x);

    /// <inheritdoc cref="Erf(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Erf(Vector512<float> x) => Erf<Simd512, Vector512<float>>(x);

    /// <summary>
    /// e^x - 1 where x is below 0, else 0: the part of an exponential linear unit that is not <see cref="Relu(Vector128{float})"/>, each lane. At most 3
    /// ULP from the true value, -1 from x = -18 down. NaN stays NaN.
    /// </summary>
    /// <param name="x">Any floats.</param>
    /// <returns>One result per lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> EluTail(Vector128<float> x) => EluTail<Simd128, Vector128<float>>(x);

    /// <inheritdoc cref="EluTail(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> EluTail(Vector256<float> x) => EluTail<Simd256, Vector256<float>>(x);

    /// <inheritdoc cref="EluTail(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> EluTail(Vector512<float> x) => EluTail<Simd512, Vector512<float>>(x);

    /// <summary>The smaller of x and 0, each lane; NaN stays NaN. The sign of a zero is unspecified.</summary>
    /// <param name="x">Any floats.</param>
    /// <returns>One result per lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MinZero(Vector128<float> x) => MinZero<Simd128, Vector128<float>>(x);

    /// <inheritdoc cref="MinZero(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MinZero(Vector256<float> x) => MinZero<Simd256, Vector256<float>>(x);

    /// <inheritdoc cref="MinZero(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MinZero(Vector512<float> x) => MinZero<Simd512, Vector512<float>>(x);

    /// <summary>x, but not below the lower and not above the upper bound, each lane; NaN stays NaN. The sign of a zero is unspecified.</summary>
    /// <param name="x">Any floats.</param>
    /// <param name="low">The lower bound.</param>
    /// <param name="high">The upper bound.</param>
    /// <returns>One result per lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Clamp(Vector128<float> x, float low, float high) => Clamp<Simd128, Vector128<float>>(x, low, high);

    /// <inheritdoc cref="Clamp(Vector128{float}, float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Clamp(Vector256<float> x, float low, float high) => Clamp<Simd256, Vector256<float>>(x, low, high);

    /// <inheritdoc cref="Clamp(Vector128{float}, float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Clamp(Vector512<float> x, float low, float high) => Clamp<Simd512, Vector512<float>>(x, low, high);

    /// <summary>
    /// 1 where x lies strictly between two bounds, 0 elsewhere and where x is NaN: the derivative of <see cref="Clamp(Vector128{float}, float,
    /// float)"/>.
    /// </summary>
    /// <param name="x">Any floats.</param>
    /// <param name="low">The lower bound.</param>
    /// <param name="high">The upper bound.</param>
    /// <returns>One result per lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Inside(Vector128<float> x, float low, float high) => Inside<Simd128, Vector128<float>>(x, low, high);

    /// <inheritdoc cref="Inside(Vector128{float}, float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Inside(Vector256<float> x, float low, float high) => Inside<Simd256, Vector256<float>>(x, low, high);

    /// <inheritdoc cref="Inside(Vector128{float}, float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Inside(Vector512<float> x, float low, float high) => Inside<Simd512, Vector512<float>>(x, low, high);

    /// <summary>1 / sqrt(x), each lane: at most 2 ULP from the true value. Infinite at 0, NaN below 0; NaN stays NaN.</summary>
    /// <param name="x">Any floats.</param>
    /// <returns>One result per lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> InverseSqrt(Vector128<float> x) => InverseSqrt<Simd128, Vector128<float>>(x);

    /// <inheritdoc cref="InverseSqrt(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> InverseSqrt(Vector256<float> x) => InverseSqrt<Simd256, Vector256<float>>(x);

    /// <inheritdoc cref="InverseSqrt(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> InverseSqrt(Vector512<float> x) => InverseSqrt<Simd512, Vector512<float>>(x);
}
