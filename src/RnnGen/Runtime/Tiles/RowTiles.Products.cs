using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace RnnGen.Runtime;

/// <summary>
/// The innermost loops of products of many rows, and of the gradients of weights, in register tiles: <c>4x8</c> is four vectors side by side for eight rows, or
/// columns, whose sums stay in registers. All of it is inlined, so that the sizes that a kernel hands over become constants of its code.
/// </summary>
/// <typeparam name="TSimd">How vectors are computed with.</typeparam>
/// <typeparam name="TVector">The vector of floats.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class RowTiles<TSimd, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    private protected RowTiles()
    {
    }

    /// <summary>For each row: sums = start + Σ over columns of source[column] · weights[column]; or that added to them.</summary>
    /// <param name="weights">Of the panel, by columns.</param>
    /// <param name="source">What is multiplied, by rows.</param>
    /// <param name="columns">Elements of a row of it.</param>
    /// <param name="start">What sums start from, by rows.</param>
    /// <param name="sums">The sums, by rows.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="add">Whether the sums are added to what is there.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Product4x4(Strided weights, Strided source, nint columns, Strided start, Strided sums, nint rows, bool add = false) =>
        ByFours<Strip4<TSimd, TVector>>(weights, source, columns, start, sums, rows, add);

    /// <summary>The same, starting from what the sums hold.</summary>
    /// <inheritdoc cref="Product4x4(Strided, Strided, nint, Strided, Strided, nint, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Product4x4(Strided weights, Strided source, nint columns, Strided sums, nint rows) =>
        ByFours<Strip4<TSimd, TVector>>(weights, source, columns, sums, sums, rows, add: false);

    /// <inheritdoc cref="Product4x4(Strided, Strided, nint, Strided, Strided, nint, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Product2x4(Strided weights, Strided source, nint columns, Strided start, Strided sums, nint rows, bool add = false) =>
        ByFours<Strip2<TSimd, TVector>>(weights, source, columns, start, sums, rows, add);

    /// <summary>The same, starting from what the sums hold.</summary>
    /// <inheritdoc cref="Product4x4(Strided, Strided, nint, Strided, Strided, nint, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Product2x4(Strided weights, Strided source, nint columns, Strided sums, nint rows) =>
        ByFours<Strip2<TSimd, TVector>>(weights, source, columns, sums, sums, rows, add: false);

    /// <inheritdoc cref="Product4x4(Strided, Strided, nint, Strided, Strided, nint, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Product1x4(Strided weights, Strided source, nint columns, Strided start, Strided sums, nint rows, bool add = false) =>
        ByFours<Strip1<TSimd, TVector>>(weights, source, columns, start, sums, rows, add);

    /// <summary>The same, starting from what the sums hold.</summary>
    /// <inheritdoc cref="Product4x4(Strided, Strided, nint, Strided, Strided, nint, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Product1x4(Strided weights, Strided source, nint columns, Strided sums, nint rows) =>
        ByFours<Strip1<TSimd, TVector>>(weights, source, columns, sums, sums, rows, add: false);

    /// <inheritdoc cref="Product4x4(Strided, Strided, nint, Strided, Strided, nint, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Product1x8(Strided weights, Strided source, nint columns, Strided start, Strided sums, nint rows, bool add = false) =>
        ByEights<Strip1<TSimd, TVector>>(weights, source, columns, start, sums, rows, add);

    /// <summary>The same, starting from what the sums hold.</summary>
    /// <inheritdoc cref="Product4x4(Strided, Strided, nint, Strided, Strided, nint, bool)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Product1x8(Strided weights, Strided source, nint columns, Strided sums, nint rows) =>
        ByEights<Strip1<TSimd, TVector>>(weights, source, columns, sums, sums, rows, add: false);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ByFours<TStrip>(Strided weights, Strided source, nint columns, Strided start, Strided sums, nint rows, bool add)
        where TStrip : struct, IStrip<TStrip, TVector>
    {
        nint row = 0;
        for (; row + 3 < rows; row += 4)
            FourRows<TStrip>(weights, source.From(row), columns, start.From(row), sums.From(row), add);
        for (; row < rows; row++)
            OneRow<TStrip>(weights, source.From(row), columns, start.From(row), sums.From(row), add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ByEights<TStrip>(Strided weights, Strided source, nint columns, Strided start, Strided sums, nint rows, bool add)
        where TStrip : struct, IStrip<TStrip, TVector>
    {
        nint row = 0;
        for (; row + 7 < rows; row += 8)
            EightRows<TStrip>(weights, source.From(row), columns, start.From(row), sums.From(row), add);
        for (; row < rows; row++)
            OneRow<TStrip>(weights, source.From(row), columns, start.From(row), sums.From(row), add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OneRow<TStrip>(Strided weights, Strided source, nint columns, Strided start, Strided sums, bool add)
        where TStrip : struct, IStrip<TStrip, TVector>
    {
        TStrip sum = TStrip.Load(start, 0);
        for (nint column = 0; column < columns; column++)
            sum.MultiplyAdd(TSimd.Factor(source[0, column]), weights.From(column), 0);
        Store(sum, sums, 0, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourRows<TStrip>(Strided weights, Strided source, nint columns, Strided start, Strided sums, bool add)
        where TStrip : struct, IStrip<TStrip, TVector>
    {
        TStrip sum0 = TStrip.Load(start, 0), sum1 = TStrip.Load(start, 1), sum2 = TStrip.Load(start, 2), sum3 = TStrip.Load(start, 3);
        for (nint column = 0; column < columns; column++)
        {
            TStrip weight = TStrip.Load(weights.From(column), 0);
            sum0.MultiplyAdd(TSimd.Factor(source[0, column]), weight);
            sum1.MultiplyAdd(TSimd.Factor(source[1, column]), weight);
            sum2.MultiplyAdd(TSimd.Factor(source[2, column]), weight);
            sum3.MultiplyAdd(TSimd.Factor(source[3, column]), weight);
        }

        Store(sum0, sums, 0, add);
        Store(sum1, sums, 1, add);
        Store(sum2, sums, 2, add);
        Store(sum3, sums, 3, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EightRows<TStrip>(Strided weights, Strided source, nint columns, Strided start, Strided sums, bool add)
        where TStrip : struct, IStrip<TStrip, TVector>
    {
        TStrip sum0 = TStrip.Load(start, 0), sum1 = TStrip.Load(start, 1), sum2 = TStrip.Load(start, 2), sum3 = TStrip.Load(start, 3),
            sum4 = TStrip.Load(start, 4), sum5 = TStrip.Load(start, 5), sum6 = TStrip.Load(start, 6), sum7 = TStrip.Load(start, 7);
        for (nint column = 0; column < columns; column++)
        {
            TStrip weight = TStrip.Load(weights.From(column), 0);
            sum0.MultiplyAdd(TSimd.Factor(source[0, column]), weight);
            sum1.MultiplyAdd(TSimd.Factor(source[1, column]), weight);
            sum2.MultiplyAdd(TSimd.Factor(source[2, column]), weight);
            sum3.MultiplyAdd(TSimd.Factor(source[3, column]), weight);
            sum4.MultiplyAdd(TSimd.Factor(source[4, column]), weight);
            sum5.MultiplyAdd(TSimd.Factor(source[5, column]), weight);
            sum6.MultiplyAdd(TSimd.Factor(source[6, column]), weight);
            sum7.MultiplyAdd(TSimd.Factor(source[7, column]), weight);
        }

        Store(sum0, sums, 0, add);
        Store(sum1, sums, 1, add);
        Store(sum2, sums, 2, add);
        Store(sum3, sums, 3, add);
        Store(sum4, sums, 4, add);
        Store(sum5, sums, 5, add);
        Store(sum6, sums, 6, add);
        Store(sum7, sums, 7, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TStrip>(in TStrip sum, Strided sums, nint row, bool add)
        where TStrip : struct, IStrip<TStrip, TVector>
    {
        if (add)
            sum.AddTo(sums, row);
        else
            sum.Store(sums, row);
    }
}
