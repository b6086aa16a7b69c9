using System.ComponentModel;

namespace RnnGen.Runtime;

/// <summary>How several columns of a narrow panel share one vector.</summary>
/// <typeparam name="TVector">The vector that several columns share.</typeparam>
/// <typeparam name="TPanel">The vector of one column.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IFold<TVector, TPanel>
    where TVector : struct
    where TPanel : struct
{
    /// <summary>Columns that share a vector.</summary>
    static abstract int Columns { get; }

    /// <summary>The factors of <see cref="Columns"/> columns: each of so many floats in the lanes of its column.</summary>
    static abstract TVector Factors(ref float first);

    /// <summary>The sum over the columns of a vector: its upper half is added to its lower half until one column is left.</summary>
    static abstract TPanel Fold(TVector sums);
}
