using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnGen.Runtime;

/// <content>The elementary functions of cells' own equations.</content>
public static partial class VectorMath
{
    private const float OneOverPi = 0.318309886f;

    // pi = PiHigh + PiMiddle + PiLow, each rounded to float: off by 2.2e-23.
    private const float PiHigh = 3.14159274f;
    private const float PiMiddle = -8.74227766e-8f;
    private const float PiLow = -3.43024902e-15f;

    /// <summary>
    /// The natural logarithm, each lane: at most 2 ULP from the true value, of subnormal x too. -infinity at +-0, NaN below 0, infinity at infinity; NaN
    /// stays NaN.
    /// </summary>
    /// <param name="x">Any floats.</param>
    /// <returns>One result per lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Log(Vector128<float> x) => Log<Simd128, Vector128<float>>(x);

    /// <inheritdoc cref="Log(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log(Vector256<float> x) => Log<Simd256, Vector256<float>>(x);

    /// <inheritdoc cref="Log(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x) => Log<Simd512, Vector512<float>>(x);

    /// <summary>The square root, each lane, correctly rounded. sqrt(+-0) is +-0, NaN below 0; NaN stays NaN.</summary>
    /// <param name="x">Any floats.</param>
    /// <returns>One result per lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sqrt(Vector128<float> x) => Sqrt<Simd128, Vector128<float>>(x);

    /// <inheritdoc cref="Sqrt(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sqrt(Vector256<float> x) => Sqrt<Simd256, Vector256<float>>(x);

    /// <inheritdoc cref="Sqrt(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sqrt(Vector512<float> x) => Sqrt<Simd512, Vector512<float>>(x);

    /// <summary>The magnitude, each lane, exactly; NaN stays NaN.</summary>
    /// <param name="x">Any floats.</param>
    /// <returns>One result per lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Abs(Vector128<float> x) => Abs<Simd128, Vector128<float>>(x);

    /// <inheritdoc cref="Abs(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Abs(Vector256<float> x) => Abs<Simd256, Vector256<float>>(x);

    /// <inheritdoc cref="Abs(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Abs(Vector512<float> x) => Abs<Simd512, Vector512<float>>(x);

    /// <summary>
    /// The sine, each lane: at most 3 ULP from the true value for |x| up to 10,000, x itself for tiny and denormal x; +0 at -0 too. Beyond, the error
    /// grows with x, until the result means nothing but still lies from -1 to 1. NaN at the infinities; NaN stays NaN.
    /// </summary>
    /// <param name="x">Any floats.</param>
    /// <returns>One result per lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sin(Vector128<float> x) => Sin<Simd128, Vector128<float>>(x);

    /// <inheritdoc cref="Sin(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sin(Vector256<float> x) => Sin<Simd256, Vector256<float>>(x);

    /// <inheritdoc cref="Sin(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sin(Vector512<float> x) => Sin<Simd512, Vector512<float>>(x);

    /// <summary>
    /// The cosine, each lane: at most 3 ULP from the true value for |x| up to 10,000, exactly 1 at 0. Beyond, the error grows with x, until the result
    /// means nothing but still lies from -1 to 1. NaN at the infinities; NaN stays NaN.
    /// </summary>
    /// <param name="x">Any floats.</param>
    /// <returns>One result per lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Cos(Vector128<float> x) => Cos<Simd128, Vector128<float>>(x);

    /// <inheritdoc cref="Cos(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Cos(Vector256<float> x) => Cos<Simd256, Vector256<float>>(x);

    /// <inheritdoc cref="Cos(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Cos(Vector512<float> x) => Cos<Simd512, Vector512<float>>(x);

    /// <summary>
    /// The logarithm of the logistic function, -log(1 + e^-x), each lane: at most 3 ULP from the true value where that is a normal float (4 without FMA
    /// hardware), x itself for large negative x. NaN stays NaN.
    /// </summary>
    /// <param name="x">Any floats.</param>
    /// <returns>One result per lane.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LogSigmoid(Vector128<float> x) => LogSigmoid<Simd128, Vector128<float>>(x);

    /// <inheritdoc cref="LogSigmoid(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LogSigmoid(Vector256<float> x) => LogSigmoid<Simd256, Vector256<float>>(x);

    /// <inheritdoc cref="LogSigmoid(Vector128{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LogSigmoid(Vector512<float> x) => LogSigmoid<Simd512, Vector512<float>>(x);

    // x = 2^e m with m from the root of 1/2 to that of 2, so that e = 0 around x = 1, where the logarithm is small: nothing cancels there. The bits of x less
    // those of the root of 1/2 have e where the exponent is; the rest of them is m. With f = m - 1, which is exact, s = f / (2 + f) and z = s^2,
    //
    //     log(m) = 2 artanh(s) = 2 s + s z P(z) = f - s (f - z P(z)),   log(x) = e LogTwoHigh + (e LogTwoLow + log(m))
    //
    // P is a minimax fit for the error relative to log(m), largest 8e-10. e arrives 2^23 times as large. A polynomial in f, of degree 10 for 5.9e-9, needs no
    // division, but more constants than there are registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Log<TSimd, TVector>(TVector x)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        const float SmallestNormal = 1.17549435e-38f, RootHalf = 0.707106769f, Scale = 1 << MantissaBits, ExponentBits = float.NegativeInfinity;

        TVector isSmall = TSimd.IsLess(x, SmallestNormal);
        TVector normal = TSimd.Choose(isSmall, TSimd.Multiply(x, Scale), x);
        TVector exponent = TSimd.And(TSimd.SubtractBits(normal, RootHalf), ExponentBits);
        TVector e = TSimd.Subtract(TSimd.ConvertBits(exponent), TSimd.And(isSmall, MantissaBits * Scale));
        TVector m = TSimd.SubtractBits(normal, exponent);
        TVector f = TSimd.Add(m, -1f);
        TVector s = TSimd.Divide(f, TSimd.MultiplyAdd(m, -1f, -1f)); // -s: no sign changes below
        TVector z = TSimd.Multiply(s, s);
        TVector p = TSimd.MultiplyAdd(z, -0.298706949f, -0.399775863f);
        p = TSimd.MultiplyAdd(p, z, -0.666667759f);
        TVector y = TSimd.MultiplyAdd(s, TSimd.MultiplyAdd(p, z, f), TSimd.MultiplyAdd(e, LogTwoLow / Scale, f));
        y = TSimd.MultiplyAdd(e, LogTwoHigh / Scale, y);

        y = TSimd.Choose(TSimd.IsLess(x, float.PositiveInfinity), y, x); // infinity and NaN
        y = TSimd.Choose(TSimd.IsLess(x, float.Epsilon), float.NegativeInfinity, y);
        return TSimd.Or(y, TSimd.IsLess(x, 0f)); // a mask's bits are a NaN's
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Sqrt<TSimd, TVector>(TVector x)
        where TSimd : ISimd<TVector>
        where TVector : struct
        => TSimd.SquareRoot(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Abs<TSimd, TVector>(TVector x)
        where TSimd : ISimd<TVector>
        where TVector : struct
        => Magnitude<TSimd, TVector>(x);

    // x = n pi + r, |r| <= pi / 2: sin(x) = (-1)^n sin(r).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Sin<TSimd, TVector>(TVector x)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        TVector rounded = TSimd.MultiplyAdd(x, OneOverPi, RoundToInteger);
        return SinOfRest<TSimd, TVector>(x, TSimd.Subtract(rounded, RoundToInteger), rounded);
    }

    // x = (n - 1/2) pi + r, |r| <= pi / 2: cos(x) = (-1)^n sin(r).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Cos<TSimd, TVector>(TVector x)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        TVector rounded = TSimd.Add(TSimd.MultiplyAdd(x, OneOverPi, 0.5f), RoundToInteger);
        return SinOfRest<TSimd, TVector>(x, TSimd.Subtract(TSimd.Subtract(rounded, RoundToInteger), 0.5f), rounded);
    }

    // log(sigmoid(x)) = -log(1 + e^-x)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector LogSigmoid<TSimd, TVector>(TVector x)
        where TSimd : ISimd<TVector>
        where TVector : struct
        => TSimd.Multiply(Softplus<TSimd, TVector>(TSimd.Multiply(x, -1f)), -1f);

    // (-1)^n sin(x - n pi), n's last bit being that of rounded. The first multiply-add is exact, the others round relative to what is left, however little that
    // is: so the constants need no zeros at their ends, but the products must not be rounded (W. Cody and W. Waite, chapter 8, with fused multiply-adds).
    // sin(r) = r (1 + r^2 P(r^2)): a minimax fit for the relative error on |r| <= 1.0006 pi / 2 (n is at times the second nearest), largest 6.2e-9. What is
    // beyond all bounds where n is no integer any more, is cut off at the end, as is what was rounded to above 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector SinOfRest<TSimd, TVector>(TVector x, TVector n, TVector rounded)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        TVector r = TSimd.MultiplyAddOnce(n, -PiHigh, x);
        r = TSimd.MultiplyAddOnce(n, -PiMiddle, r);
        r = TSimd.MultiplyAddOnce(n, -PiLow, r);
        TVector z = TSimd.Multiply(r, r);
        TVector p = TSimd.MultiplyAdd(z, 2.60607476e-6f, -1.98097725e-4f);
        p = TSimd.MultiplyAdd(p, z, 8.33306927e-3f);
        p = TSimd.MultiplyAdd(p, z, -0.166666597f);
        TVector sine = TSimd.MultiplyAdd(TSimd.Multiply(p, z), r, r);
        return TSimd.Max(TSimd.Min(TSimd.Xor(sine, TSimd.ShiftBitsLeft(rounded, 31)), 1f), -1f);
    }
}
