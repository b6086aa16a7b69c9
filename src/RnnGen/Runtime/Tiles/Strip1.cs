using System.Runtime.CompilerServices;

namespace RnnGen.Runtime;

/// <summary>A strip of one vector.</summary>
internal struct Strip1<TSimd, TVector> : IStrip<Strip1<TSimd, TVector>, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private TVector _a;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Strip1<TSimd, TVector> Load(Strided rows, nint row)
    {
        Strip1<TSimd, TVector> strip;
        strip._a = TSimd.Load(ref rows[row, 0]);
        return strip;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(TVector factor, Strip1<TSimd, TVector> strip)
    {
        _a = TSimd.MultiplyAddFactor(factor, strip._a, _a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(TVector factor, Strided rows, nint row)
    {
        _a = TSimd.MultiplyAddFactor(factor, TSimd.Load(ref rows[row, 0]), _a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(Strided rows, nint row)
    {
        TSimd.Store(_a, ref rows[row, 0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void AddTo(Strided rows, nint row)
    {
        TSimd.Store(TSimd.Add(TSimd.Load(ref rows[row, 0]), _a), ref rows[row, 0]);
    }
}
