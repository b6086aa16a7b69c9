using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnGen.Runtime;

// The activations of gates. In a small network a step is a chain of activations, so what counts is how long one takes, and how many constants the five of an
// LSTM need together: one rational function serves them all, with twelve constants (Tanh and Sigmoid need sixteen) and 32 cycles on Zen 5 instead of 44.
public static partial class VectorMath
{
    // x P(x^2) / Q(x^2): a minimax fit on [0, 9.02] (Lawson's iteration of weighted least squares) for the error divided by the root of tanh, P(0) = Q(0) = 1;
    // off by 2.2e-8 before rounding. At the bound the fraction is exactly 1.
    private const float P1 = 0.133807539f;
    private const float P2 = 3.49522073e-3f;
    private const float P3 = 2.06014268e-5f;
    private const float P4 = 1.33411808e-8f;
    private const float Q1 = 0.467140730f;
    private const float Q2 = 2.58756963e-2f;
    private const float Q3 = 3.28496309e-4f;
    private const float Q4 = 7.77164285e-7f;
    private const float LargestSquare = 9.02f * 9.02f;

    /// <summary>
    /// The hyperbolic tangent of a gate, each lane: at most 3e-7 from the true value, odd, x itself for tiny and denormal x (and -0), exactly +-1 from
    /// |x| = 9.1 on. NaN stays NaN. <see cref="Tanh(Vector128{float})"/> is closer and takes longer.
    /// </summary>
    /// <param name="x">Any floats.</param>
    /// <returns>One result per lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GateTanh(Vector128<float> x) => GateTanh<Simd128, Vector128<float>>(x);

    /// <inheritdoc cref="GateTanh(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> GateTanh(Vector256<float> x) => Fraction<Simd256, Vector256<float>, TanhTable>(x);

    /// <inheritdoc cref="GateTanh(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> GateTanh(Vector512<float> x) => GateTanh<Simd512, Vector512<float>>(x);

    /// <summary>
    /// The logistic function of a gate, each lane: at most 2e-7 from the true value, from 0 to 1, exactly so from |x| = 18.2 on. NaN stays NaN.
    /// <see cref="Sigmoid(Vector128{float})"/> is accurate relative to itself, and takes longer.
    /// </summary>
    /// <param name="x">Any floats.</param>
    /// <returns>One result per lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> GateSigmoid(Vector128<float> x) => GateSigmoid<Simd128, Vector128<float>>(x);

    /// <inheritdoc cref="GateSigmoid(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> GateSigmoid(Vector256<float> x) => 
        Fraction<Simd256, Vector256<float>, SigmoidTable>(x) + SigmoidTable.Of(0.5f, Largest);

    /// <inheritdoc cref="GateSigmoid(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> GateSigmoid(Vector512<float> x) => GateSigmoid<Simd512, Vector512<float>>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector GateTanh<TSimd, TVector>(TVector x)
        where TSimd : ISimd<TVector>
        where TVector : struct
        => Fraction<TSimd, TVector, Literals<TSimd, TVector>>(x);

    // sigmoid(x) = 1/2 + tanh(x/2) / 2
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector GateSigmoid<TSimd, TVector>(TVector x)
        where TSimd : ISimd<TVector>
        where TVector : struct
        => TSimd.MultiplyAdd(GateTanh<TSimd, TVector>(TSimd.Multiply(x, 0.5f)), 0.5f, 0.5f);

    // Estrin's form, and x enters early: the division waits for four operations after the square. Only the square is bounded; x itself carries the sign
    // through, and the last two operations cut off what is past the largest value, or rounded to above it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Fraction<TSimd, TVector, TConstants>(TVector x)
        where TSimd : ISimd<TVector>
        where TVector : struct
        where TConstants : IGateConstants<TVector>
    {
        TVector z = TSimd.Min(TSimd.Multiply(x, x), TConstants.Of(LargestSquare, Bound));
        TVector z2 = TSimd.Multiply(z, z);
        TVector p = TSimd.MultiplyAdd(z2, TConstants.Of(P4, 4), TSimd.MultiplyAdd(z, TConstants.Of(P3, 3), TConstants.Of(P2, 2)));
        TVector q = TSimd.MultiplyAdd(z2, TConstants.Of(Q4, 9), TSimd.MultiplyAdd(z, TConstants.Of(Q3, 8), TConstants.Of(Q2, 7)));
        p = TSimd.MultiplyAdd(p, TSimd.Multiply(z2, x), TSimd.Multiply(TSimd.MultiplyAdd(z, TConstants.Of(P1, 1), TConstants.Of(1f, 0)), x));
        q = TSimd.MultiplyAdd(q, z2, TSimd.MultiplyAdd(z, TConstants.Of(Q1, 6), TConstants.Of(1f, 5)));
        return TSimd.Max(TSimd.Min(TSimd.Divide(p, q), TConstants.Of(1f, Largest)), TConstants.Of(-1f, Smallest));
    }
}
