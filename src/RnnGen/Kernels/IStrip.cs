using System.Runtime.CompilerServices;

namespace RnnGen.Runtime;

/// <summary>Vectors side by side: what a register tile has of each of its rows or columns.</summary>
/// <remarks>The JIT keeps the fields of a strip in registers as long as there are four at most, and all that is done to it is inlined.</remarks>
/// <typeparam name="TStrip">The strip.</typeparam>
/// <typeparam name="TVector">The vector of floats.</typeparam>
internal interface IStrip<TStrip, TVector>
    where TStrip : struct, IStrip<TStrip, TVector>
    where TVector : struct
{
    /// <summary>Reads it from a row or column.</summary>
    static abstract TStrip Load(Strided rows, nint row);

    /// <summary>Adds factor × strip.</summary>
    void MultiplyAdd(TVector factor, TStrip strip);

    /// <summary>Adds factor × the strip of a row or column, which is used once and needs no registers.</summary>
    void MultiplyAdd(TVector factor, Strided rows, nint row);

    /// <summary>Writes it to a row or column.</summary>
    void Store(Strided rows, nint row);

    /// <summary>Adds it to a row or column.</summary>
    void AddTo(Strided rows, nint row);
}

/// <summary>One vector.</summary>
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

/// <summary>Two vectors.</summary>
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

/// <summary>Four vectors.</summary>
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
