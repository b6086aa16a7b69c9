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
