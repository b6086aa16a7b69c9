using System.Runtime.CompilerServices;

namespace RnnGen.Runtime;

/// <summary>A strip of four vectors.</summary>
internal struct Strip4<TSimd, TVector> : IStrip<Strip4<TSimd, TVector>, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private TVector _a, _b, _c, _d;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip4<TSimd, TVector> Load(Strided rows, nint row)
    {
        Strip4<TSimd, TVector> strip;
        strip._a = TSimd.Load(ref rows[row, 0]);
        strip._b = TSimd.Load(ref rows[row, TSimd.Lanes]);
        strip._c = TSimd.Load(ref rows[row, 2 * TSimd.Lanes]);
        strip._d = TSimd.Load(ref rows[row, 3 * TSimd.Lanes]);
        return strip;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(TVector factor, Strip4<TSimd, TVector> strip)
    {
        _a = TSimd.MultiplyAddFactor(factor, strip._a, _a);
        _b = TSimd.MultiplyAddFactor(factor, strip._b, _b);
        _c = TSimd.MultiplyAddFactor(factor, strip._c, _c);
        _d = TSimd.MultiplyAddFactor(factor, strip._d, _d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(TVector factor, Strided rows, nint row)
    {
        _a = TSimd.MultiplyAddFactor(factor, TSimd.Load(ref rows[row, 0]), _a);
        _b = TSimd.MultiplyAddFactor(factor, TSimd.Load(ref rows[row, TSimd.Lanes]), _b);
        _c = TSimd.MultiplyAddFactor(factor, TSimd.Load(ref rows[row, 2 * TSimd.Lanes]), _c);
        _d = TSimd.MultiplyAddFactor(factor, TSimd.Load(ref rows[row, 3 * TSimd.Lanes]), _d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(Strided rows, nint row)
    {
        TSimd.Store(_a, ref rows[row, 0]);
        TSimd.Store(_b, ref rows[row, TSimd.Lanes]);
        TSimd.Store(_c, ref rows[row, 2 * TSimd.Lanes]);
        TSimd.Store(_d, ref rows[row, 3 * TSimd.Lanes]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void AddTo(Strided rows, nint row)
    {
        TSimd.Store(TSimd.Add(TSimd.Load(ref rows[row, 0]), _a), ref rows[row, 0]);
        TSimd.Store(TSimd.Add(TSimd.Load(ref rows[row, TSimd.Lanes]), _b), ref rows[row, TSimd.Lanes]);
        TSimd.Store(TSimd.Add(TSimd.Load(ref rows[row, 2 * TSimd.Lanes]), _c), ref rows[row, 2 * TSimd.Lanes]);
        TSimd.Store(TSimd.Add(TSimd.Load(ref rows[row, 3 * TSimd.Lanes]), _d), ref rows[row, 3 * TSimd.Lanes]);
    }
}
