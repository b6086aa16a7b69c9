using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnGen.Runtime;

// The activations of networks that ask for fast ones (ActivationAccuracy.Fast): the bound comes first, and a fraction of half the degree follows, with a division
// and no estimate, so that all instruction sets have the same bits.
public static partial class VectorMath
{
    // x P(x^2) / Q(x^2), a minimax fit on [0, 6.1] (Lawson's iteration of weighted least squares) for the absolute error, Q's leading coefficient 1: off by 7.0e-6
    // before rounding. Past the bound the value stays what it is there, 1.7e-5 below 1.
    private const float FastP0 = 18382.1406f;
    private const float FastP1 = 2100.61768f;
    private const float FastP2 = 27.2609978f;
    private const float FastQ0 = 18382.7305f;
    private const float FastQ1 = 8226.33789f;
    private const float FastQ2 = 320.085754f;
    private const float FastBound = 6.1f;

    /// <summary>
    /// The hyperbolic tangent, each lane, at most 1.8e-5 from the true value: odd, between -1 and 1. NaN stays NaN. <see cref="GateTanh(Vector128{float})"/> is
    /// closer and takes longer.
    /// </summary>
    /// <param name="x">Any floats.</param>
    /// <returns>One result per lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> FastTanh(Vector128<float> x) => FastTanh<Simd128, Vector128<float>>(x);

    /// <inheritdoc cref="FastTanh(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> FastTanh(Vector256<float> x) => FastFraction<Simd256, Vector256<float>, FastTanhTable>(x);

    /// <inheritdoc cref="FastTanh(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FastTanh(Vector512<float> x) => FastTanh<Simd512, Vector512<float>>(x);

    /// <summary>
    /// The logistic function, each lane, at most 9e-6 from the true value: between 0 and 1. NaN stays NaN. <see cref="GateSigmoid(Vector128{float})"/> is closer
    /// and takes longer.
    /// </summary>
    /// <param name="x">Any floats.</param>
    /// <returns>One result per lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> FastSigmoid(Vector128<float> x) => FastSigmoid<Simd128, Vector128<float>>(x);

    /// <inheritdoc cref="FastSigmoid(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> FastSigmoid(Vector256<float> x) =>
        FastFraction<Simd256, Vector256<float>, FastSigmoidTable>(x) + Vector256.Create(0.5f);

    /// <inheritdoc cref="FastSigmoid(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> FastSigmoid(Vector512<float> x) => FastSigmoid<Simd512, Vector512<float>>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector FastTanh<TSimd, TVector>(TVector x)
        where TSimd : ISimd<TVector>
        where TVector : struct
        => FastFraction<TSimd, TVector, Literals<TSimd, TVector>>(x);

    // sigmoid(x) = 1/2 + tanh(x/2) / 2
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector FastSigmoid<TSimd, TVector>(TVector x)
        where TSimd : ISimd<TVector>
        where TVector : struct
        => TSimd.MultiplyAdd(FastTanh<TSimd, TVector>(TSimd.Multiply(x, 0.5f)), 0.5f, 0.5f);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector FastFraction<TSimd, TVector, TConstants>(TVector x)
        where TSimd : ISimd<TVector>
        where TVector : struct
        where TConstants : IGateConstants<TVector>
    {
        x = TSimd.Max(TSimd.Min(x, TConstants.Of(FastBound, 6)), TConstants.Of(-FastBound, 7));
        TVector z = TSimd.Multiply(x, x);
        TVector p = TSimd.MultiplyAdd(z, TConstants.Of(FastP2, 2), TConstants.Of(FastP1, 1));
        TVector q = TSimd.Add(z, TConstants.Of(FastQ2, 5));
        p = TSimd.MultiplyAdd(p, z, TConstants.Of(FastP0, 0));
        q = TSimd.MultiplyAdd(q, z, TConstants.Of(FastQ1, 4));
        q = TSimd.MultiplyAdd(q, z, TConstants.Of(FastQ0, 3));
        return TSimd.Divide(TSimd.Multiply(p, x), q);
    }
}
