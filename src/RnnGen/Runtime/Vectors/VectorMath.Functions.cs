using System.Runtime.CompilerServices;

namespace RnnGen.Runtime;

// Each function once, for all widths. Exp, Sigmoid and Tanh start from the exponential of what is left after taking out a power of two (W. Cody and W. Waite,
// "Software Manual for the Elementary Functions", 1980, chapter 6):
//
//     x = n ln 2 + r,   n = round(x / ln 2),   |r| <= ln 2 / 2,   e^x = 2^n e^r
//
// and differ in how they put the power of two back. No branches, no tables, no calls: a dozen constants that stay in registers or become memory operands.
public static partial class VectorMath
{
    /// <summary>1 / ln 2, rounded to float.</summary>
    private const float Log2E = 1.44269504f;

    // ln 2 = LogTwoHigh + LogTwoLow (Cody and Waite). The high part is 355/512, nine bits, so that n * LogTwoHigh is exact for every |n| < 2^15 and the
    // reduction needs no FMA hardware; the low part is ln 2 - 355/512 rounded to float, off by less than 8e-12, which times the largest n is 1e-9.
    private const float LogTwoHigh = 0.693359375f;
    private const float LogTwoLow = -2.12194440e-4f;

    /// <summary>ln 2, rounded to float: off by 1.9e-9.</summary>
    private const float LogTwo = 0.693147182f;

    // 1.5 * 2^23: a float of this size has no bits after the point, so adding it rounds to an integer (to nearest), found in the low bits of the sum.
    // Adding the exponent's bias as well makes those bits, shifted to where the exponent is, the float 2^n.
    private const float RoundToInteger = 12582912f;
    private const int ExponentBias = 127;
    private const int MantissaBits = 23;

    // e^r = 1 + r + r^2 (Half + C1 r + C2 r^2 + C3 r^3 + C4 r^4) on |r| <= 1.0005 ln 2 / 2 (the margin: without FMA hardware n is at times the second nearest).
    // Minimax for the error relative to e^r - 1, by Lawson's iteration of weighted least squares; coefficients rounded to float one after the other, the
    // remaining ones fitted anew each time. Largest error 1.4e-8 (e^r - 1), a tenth of an ULP of e^r. 1/2 was held fixed: letting it go gains 6 % of that.
    private const float Half = 0.5f;
    private const float C1 = 0.16666548f;
    private const float C2 = 0.0416668281f;
    private const float C3 = 0.00836611725f;
    private const float C4 = 0.00139005983f;

    // Powers of two reach from 2^-150 (half the smallest denormal) to 2^128 (infinity), too far for one float's exponent: 2^n = 2^floor(n/2) 2^ceil(n/2).
    // Twice the bias is added while rounding, so each half carries one bias.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Exp<TSimd, TVector>(TVector x)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        const float Shift = RoundToInteger + 2 * ExponentBias;

        // e^-104 is less than half the smallest denormal, e^89 is above the largest float.
        x = TSimd.Min(TSimd.Max(x, -104f), 89f);
        TVector rounded = TSimd.MultiplyAdd(x, Log2E, Shift);
        TVector n = TSimd.Subtract(rounded, Shift);
        TVector r = TSimd.MultiplyAdd(n, -LogTwoHigh, x);
        r = TSimd.MultiplyAdd(n, -LogTwoLow, r);
        TVector q = Polynomial<TSimd, TVector>(r, Half, C1, C2, C3, C4); // e^r - 1

        TVector lower = TSimd.ShiftBitsRight(rounded, 1);
        TVector upper = TSimd.SubtractBits(rounded, lower);
        TVector scale = TSimd.ShiftBitsLeft(lower, MantissaBits);
        return TSimd.Multiply(TSimd.MultiplyAdd(q, scale, scale), TSimd.ShiftBitsLeft(upper, MantissaBits));
    }

    // sigmoid(x) = 1 / (1 + e^-x) = 2^n / (2^n + e^-r): nothing overflows, and 2^n passes to exactly 0 (the float whose exponent bits are 0) at n = -127.
    // With q = 1 - e^-r the divisor is (2^n + 1) - q: the 1 of the series costs no step in the chain, as 2^n + 1 is ready long before q.
    // 2.4 ULP, 43 cycles on Zen 5; dividing by 1 + e^-x takes 52 for the same accuracy.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Sigmoid<TSimd, TVector>(TVector x)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        const float Shift = RoundToInteger + ExponentBias;

        // +-88 round to n = +-127: the largest exponent there is, and the one that stands for 0.
        x = TSimd.Min(TSimd.Max(x, -88f), 88f);
        TVector rounded = TSimd.MultiplyAdd(x, Log2E, Shift);
        TVector n = TSimd.Subtract(rounded, Shift);
        TVector r = TSimd.MultiplyAdd(n, -LogTwoHigh, x);
        r = TSimd.MultiplyAdd(n, -LogTwoLow, r);
        TVector q = Polynomial<TSimd, TVector>(r, -Half, C1, -C2, C3, -C4); // 1 - e^-r

        TVector scale = TSimd.ShiftBitsLeft(rounded, MantissaBits);
        return TSimd.Divide(scale, TSimd.Subtract(TSimd.Add(scale, 1f), q));
    }

    // tanh(a) = (e^2a - 1) / (e^2a + 1) for a = |x|, the sign put back at the end. With a = n ln 2 / 2 + r, S = 2^n / 2 and q = (1 - e^-2r) / 2, both
    // sides of the fraction multiplied by e^-2r / 2,
    //
    //     tanh(a) = ((S - 1/2) + q) / ((S + 1/2) - q)
    //
    // For small a, n = 0 and S = 1/2: the numerator is q alone, accurate relative to itself, and tanh(a) = a for tiny and denormal a. 2a is never formed.
    // One multiply-add reduces: the error in r from ln 2 (and, without FMA hardware, from the product) grows with n, but tanh flattens faster than that.
    //
    // Why not a rational function of x^2: that of degree 4/4 takes 32 cycles on Zen 5 where this takes 44, but errs by 5.7 ULP where this errs by 2.4, and
    // errors add up over the steps of a sequence. The textbook form E / (E + 2), E = e^2a - 1, has the same accuracy at 59 cycles.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Tanh<TSimd, TVector>(TVector x)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        const float Shift = RoundToInteger + (ExponentBias - 1); // one less than the bias: S is half of 2^n

        TVector sign = TSimd.And(x, -0f);
        TVector a = TSimd.Min(TSimd.Xor(x, sign), 10f); // tanh(x) rounds to 1 from 9.011 on
        TVector rounded = TSimd.MultiplyAdd(a, 2 * Log2E, Shift);
        TVector n = TSimd.Subtract(rounded, Shift);
        TVector r = TSimd.MultiplyAdd(n, -LogTwo / 2, a);
        TVector q = Polynomial<TSimd, TVector>(r, -2 * Half, 4 * C1, -8 * C2, 16 * C3, -32 * C4); // (1 - e^-2r) / 2; scaled exactly

        TVector scale = TSimd.ShiftBitsLeft(rounded, MantissaBits);
        TVector quotient = TSimd.Divide(
            TSimd.Add(TSimd.Subtract(scale, 0.5f), q),
            TSimd.Subtract(TSimd.Add(scale, 0.5f), q));
        return TSimd.Xor(quotient, sign);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Relu<TSimd, TVector>(TVector x)
        where TSimd : ISimd<TVector>
        where TVector : struct
        => TSimd.Max(x, 0f);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Positive<TSimd, TVector>(TVector x)
        where TSimd : ISimd<TVector>
        where TVector : struct
        => TSimd.IsGreater(x, 0f);

    // log(1 + e^x) = max(x, 0) + log(1 + t), t = e^-|x|, and log(1 + t) = 2 artanh(s), s = t / (2 + t) = 1/3: nothing overflows, and for large negative x what
    // is left is e^x, accurate relative to itself. artanh(s) / s is a Chebyshev fit in s^2, off by 4.3e-9.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Softplus<TSimd, TVector>(TVector x)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        TVector t = Exp<TSimd, TVector>(TSimd.Multiply(Magnitude<TSimd, TVector>(x), -1f));
        TVector s = TSimd.Divide(t, TSimd.Add(t, 2f));
        TVector z = TSimd.Multiply(s, s);
        TVector p = TSimd.MultiplyAdd(z, 0.140788898f, 0.139825791f);
        p = TSimd.MultiplyAdd(p, z, 0.200122982f);
        p = TSimd.MultiplyAdd(p, z, 0.333331615f);
        p = TSimd.MultiplyAdd(p, z, 1f);
        return TSimd.MultiplyAdd(TSimd.Add(s, s), p, TSimd.Max(x, 0f));
    }

    // Infinity would be divided by itself; the largest float gives 1 as well.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Softsign<TSimd, TVector>(TVector x)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        x = TSimd.Min(TSimd.Max(x, float.MinValue), float.MaxValue);
        return TSimd.Divide(x, TSimd.Add(Magnitude<TSimd, TVector>(x), 1f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector SoftsignSlope<TSimd, TVector>(TVector x)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        TVector inverse = TSimd.Divide(1f, TSimd.Add(Magnitude<TSimd, TVector>(x), 1f));
        return TSimd.Multiply(inverse, inverse);
    }

    // erf(a) = 1 - e^-w, w = -log(1 - erf(a)) = a g(a) for a = |x|, the sign put back at the end. g is smooth and nearly straight; a Chebyshev fit of degree 9
    // on [0, 4] gives erf to 8.5e-8, and relative to itself, down to the smallest floats, to 2.9e-7. erf(4) rounds to 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Erf<TSimd, TVector>(TVector x)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        TVector sign = TSimd.And(x, -0f);
        TVector a = TSimd.Min(TSimd.Xor(x, sign), 4f);
        TVector g = TSimd.MultiplyAdd(a, 5.20005017e-7f, -1.13129827e-5f);
        g = TSimd.MultiplyAdd(g, a, 1.05540705e-4f);
        g = TSimd.MultiplyAdd(g, a, -5.35475265e-4f);
        g = TSimd.MultiplyAdd(g, a, 1.40376051e-3f);
        g = TSimd.MultiplyAdd(g, a, 1.94819440e-4f);
        g = TSimd.MultiplyAdd(g, a, -1.94026232e-2f);
        g = TSimd.MultiplyAdd(g, a, 0.102862053f);
        g = TSimd.MultiplyAdd(g, a, 0.63660872f);
        g = TSimd.MultiplyAdd(g, a, 1.12837934f);
        TVector below = EluTail<TSimd, TVector>(TSimd.Multiply(TSimd.Multiply(a, g), -1f));
        return TSimd.Xor(Magnitude<TSimd, TVector>(below), sign);
    }

    // e^x - 1 = 2^n (e^r - 1) + (2^n - 1): the last bracket is exact or not needed, so nothing cancels where x is small.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector EluTail<TSimd, TVector>(TVector x)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        const float Shift = RoundToInteger + ExponentBias;

        // e^-18 - 1 rounds to -1.
        x = TSimd.Min(TSimd.Max(x, -18f), 0f);
        TVector rounded = TSimd.MultiplyAdd(x, Log2E, Shift);
        TVector n = TSimd.Subtract(rounded, Shift);
        TVector r = TSimd.MultiplyAdd(n, -LogTwoHigh, x);
        r = TSimd.MultiplyAdd(n, -LogTwoLow, r);
        TVector q = Polynomial<TSimd, TVector>(r, Half, C1, C2, C3, C4); // e^r - 1
        TVector scale = TSimd.ShiftBitsLeft(rounded, MantissaBits);
        return TSimd.MultiplyAdd(scale, q, TSimd.Subtract(scale, 1f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector MinZero<TSimd, TVector>(TVector x)
        where TSimd : ISimd<TVector>
        where TVector : struct
        => TSimd.Min(x, 0f);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Clamp<TSimd, TVector>(TVector x, float low, float high)
        where TSimd : ISimd<TVector>
        where TVector : struct
        => TSimd.Min(TSimd.Max(x, low), high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Inside<TSimd, TVector>(TVector x, float low, float high)
        where TSimd : ISimd<TVector>
        where TVector : struct
        => TSimd.Multiply(TSimd.IsGreater(x, low), TSimd.IsGreater(TSimd.Multiply(x, -1f), -high));

    // The estimates that some processors have are good to 12 or 14 bits, others round differently: a root and a division give the same bits everywhere.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector InverseSqrt<TSimd, TVector>(TVector x)
        where TSimd : ISimd<TVector>
        where TVector : struct
        => TSimd.Divide(1f, TSimd.SquareRoot(x));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Magnitude<TSimd, TVector>(TVector x)
        where TSimd : ISimd<TVector>
        where TVector : struct
        => TSimd.Xor(x, TSimd.And(x, -0f));

    /// <summary>
    /// r + r^2 (c0 + c1 r + c2 r^2 + c3 r^3 + c4 r^4), in G. Estrin's form with r^4 by itself: four operations deep, and r itself enters unrounded.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Polynomial<TSimd, TVector>(TVector r, float c0, float c1, float c2, float c3, float c4)
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        TVector r2 = TSimd.Multiply(r, r);
        TVector r4 = TSimd.Multiply(r2, r2);
        TVector low = TSimd.MultiplyAdd(r, c1, c0);
        TVector high = TSimd.MultiplyAdd(r, c3, c2);
        high = TSimd.MultiplyAdd(r2, c4, high);
        low = TSimd.MultiplyAdd(low, r2, r);
        return TSimd.MultiplyAdd(high, r4, low);
    }
}
