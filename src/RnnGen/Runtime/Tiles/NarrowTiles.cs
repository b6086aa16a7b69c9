using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnGen.Runtime;

/// <summary>
/// Products with panels of four or eight lanes, as a head of few outputs has. A column at a time would load and multiply a fraction of a vector; here several
/// columns share one. Column c adds to partial sum c mod n, the partial sums are added in halves (the upper half to the lower, until one is left), and
/// their sum is added to the start: the order does not depend on the width of the vectors. Everything is inlined, so that sizes become constants.
/// </summary>
/// <typeparam name="TSimd">How the vectors are computed with.</typeparam>
/// <typeparam name="TVector">The vector that several columns share.</typeparam>
/// <typeparam name="TFold">How they share it.</typeparam>
/// <typeparam name="TPanelSimd">How the vectors of one column are computed with.</typeparam>
/// <typeparam name="TPanel">The vector of one column.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class NarrowTiles<TSimd, TVector, TFold, TPanelSimd, TPanel>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
    where TFold : struct, IFold<TVector, TPanel>
    where TPanelSimd : struct, ISimd<TPanel>
    where TPanel : struct
{
    private protected NarrowTiles()
    {
    }

    /// <summary>Σ over columns of source[column] · weights[column], in one vector of partial sums.</summary>
    /// <param name="weights">Of the panel, by columns; those that share a vector are contiguous.</param>
    /// <param name="source">What is multiplied.</param>
    /// <param name="columns">Its elements: a multiple of the partial sums.</param>
    /// <returns>The sum, in the lanes of one column.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TPanel Sum1(Strided weights, ref float source, nint columns) => Sum(weights, ref source, columns, 1);

    /// <summary>Σ over columns of source[column] · weights[column], in two vectors of partial sums.</summary>
    /// <inheritdoc cref="Sum1"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TPanel Sum2(Strided weights, ref float source, nint columns) => Sum(weights, ref source, columns, 2);

    /// <summary>Σ over columns of source[column] · weights[column], in four vectors of partial sums.</summary>
    /// <inheritdoc cref="Sum1"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TPanel Sum4(Strided weights, ref float source, nint columns) => Sum(weights, ref source, columns, 4);

    /// <summary>Σ over columns of source[column] · weights[column], in eight vectors of partial sums.</summary>
    /// <inheritdoc cref="Sum1"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TPanel Sum8(Strided weights, ref float source, nint columns) => Sum(weights, ref source, columns, 8);

    /// <summary>For each row: sums = start + <see cref="Sum1"/>.</summary>
    /// <param name="weights">Of the panel, by columns; those that share a vector are contiguous.</param>
    /// <param name="source">What is multiplied, by rows.</param>
    /// <param name="columns">Elements of a row of it: a multiple of the partial sums.</param>
    /// <param name="start">What sums start from, by rows.</param>
    /// <param name="sums">The sums, by rows.</param>
    /// <param name="rows">Rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Product1(Strided weights, Strided source, nint columns, Strided start, Strided sums, nint rows) =>
        Product(weights, source, columns, start, sums, rows, 1);

    /// <summary>For each row: sums = start + <see cref="Sum2"/>.</summary>
    /// <inheritdoc cref="Product1"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Product2(Strided weights, Strided source, nint columns, Strided start, Strided sums, nint rows) =>
        Product(weights, source, columns, start, sums, rows, 2);

    /// <summary>For each row: sums = start + <see cref="Sum4"/>.</summary>
    /// <inheritdoc cref="Product1"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Product4(Strided weights, Strided source, nint columns, Strided start, Strided sums, nint rows) =>
        Product(weights, source, columns, start, sums, rows, 4);

    /// <summary>For each row: sums = start + <see cref="Sum8"/>.</summary>
    /// <inheritdoc cref="Product1"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Product8(Strided weights, Strided source, nint columns, Strided start, Strided sums, nint rows) =>
        Product(weights, source, columns, start, sums, rows, 8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TPanel Sum(Strided weights, ref float source, nint columns, int vectors)
    {
        TVector a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (nint column = 0; column < columns; column += vectors * TFold.Columns)
        {
            a = Add(a, weights, ref source, column);
            if (vectors > 1)
                b = Add(b, weights, ref source, column + TFold.Columns);
            if (vectors > 2)
            {
                c = Add(c, weights, ref source, column + (2 * TFold.Columns));
                d = Add(d, weights, ref source, column + (3 * TFold.Columns));
            }

            if (vectors > 4)
            {
                e = Add(e, weights, ref source, column + (4 * TFold.Columns));
                f = Add(f, weights, ref source, column + (5 * TFold.Columns));
                g = Add(g, weights, ref source, column + (6 * TFold.Columns));
                h = Add(h, weights, ref source, column + (7 * TFold.Columns));
            }
        }

        if (vectors > 4)
            (a, b, c, d) = (TSimd.Add(a, e), TSimd.Add(b, f), TSimd.Add(c, g), TSimd.Add(d, h));
        if (vectors > 2)
            (a, b) = (TSimd.Add(a, c), TSimd.Add(b, d));
        if (vectors > 1)
            a = TSimd.Add(a, b);
        return TFold.Fold(a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Product(Strided weights, Strided source, nint columns, Strided start, Strided sums, nint rows, int vectors)
    {
        for (nint row = 0; row < rows; row++)
            TPanelSimd.Store(
                TPanelSimd.Add(TPanelSimd.Load(ref start[row, 0]), Sum(weights, ref source[row, 0], columns, vectors)), ref sums[row, 0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Add(TVector sum, Strided weights, ref float source, nint column) =>
        TSimd.MultiplyAddFactor(TFold.Factors(ref Unsafe.Add(ref source, column)), TSimd.Load(ref weights[column, 0]), sum);
}

/// <summary>Panels of four lanes: four columns share a vector of 512 bits.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Narrow512Of128 : NarrowTiles<Simd512, Vector512<float>, Fold512To128, Simd128, Vector128<float>>;

/// <summary>Panels of eight lanes: two columns share a vector of 512 bits.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Narrow512Of256 : NarrowTiles<Simd512, Vector512<float>, Fold512To256, Simd256, Vector256<float>>;

/// <summary>Panels of four lanes: two columns share a vector of 256 bits.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Narrow256Of128 : NarrowTiles<Simd256, Vector256<float>, Fold256To128, Simd128, Vector128<float>>;

/// <summary>Panels of eight lanes, one column a vector.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Narrow256Of256 : NarrowTiles<Simd256, Vector256<float>, NoFold<Simd256, Vector256<float>>, Simd256, Vector256<float>>;

/// <summary>Panels of four lanes, one column a vector.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Narrow128Of128 : NarrowTiles<Simd128, Vector128<float>, NoFold<Simd128, Vector128<float>>, Simd128, Vector128<float>>;

/// <summary>The same with multiply-adds that round once on every CPU.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FusedNarrow128Of128
    : NarrowTiles<FusedSimd128, Vector128<float>, NoFold<FusedSimd128, Vector128<float>>, FusedSimd128, Vector128<float>>;
