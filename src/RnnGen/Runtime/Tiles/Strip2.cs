using System.Runtime.CompilerServices;

namespace RnnGen.Runtime;

/// <summary>A strip of two vectors.</summary>
internal struct Strip2<TSimd, TVector> : IStrip<Strip2<TSimd, TVector>, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private TVector _a, _b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip2<TSimd, TVector> Load(Strided rows, nint row)
    {
        Strip2<TSimd, TVector> strip;
        strip._a = TSimd.Load(ref rows[row, 0]);
        strip._b = TSimd.Load(ref rows[row, TSimd.Lanes]);
        return strip;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(TVector factor, Strip2<TSimd, TVector> strip)
    {
        _a = TSimd.MultiplyAddFactor(factor, strip._a, _a);
        _b = TSimd.MultiplyAddFactor(factor, strip._b, _b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(TVector factor, Strided rows, nint row)
    {
        _a = TSimd.MultiplyAddFactor(factor, TSimd.Load(ref rows[row, 0]), _a);
        _b = TSimd.MultiplyAddFactor(factor, TSimd.Load(ref rows[row, TSimd.Lanes]), _b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(Strided rows, nint row)
    {
        TSimd.Store(_a, ref rows[row, 0]);
        TSimd.Store(_b, ref rows[row, TSimd.Lanes]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void AddTo(Strided rows, nint row)
    {
        TSimd.Store(TSimd.Add(TSimd.Load(ref rows[row, 0]), _a), ref rows[row, 0]);
        TSimd.Store(TSimd.Add(TSimd.Load(ref rows[row, TSimd.Lanes]), _b), ref rows[row, TSimd.Lanes]);
    }
}
