using System.Runtime.CompilerServices;

namespace RnnGen.Runtime;

/// <content>Gradients of weights.</content>
public abstract partial class RowTiles<TSimd, TVector>
{
    /// <summary>For each column: gradients[column] += Σ over rows of source[row, column] · dPre[row].</summary>
    /// <param name="gradients">By columns.</param>
    /// <param name="dPre">By rows.</param>
    /// <param name="source">What was multiplied, by rows.</param>
    /// <param name="columns">Elements of a row of it.</param>
    /// <param name="rows">Rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gradient4x4(Strided gradients, Strided dPre, Strided source, nint columns, nint rows) =>
        ByFours<Strip4<TSimd, TVector>>(gradients, dPre, source, columns, rows);

    /// <inheritdoc cref="Gradient4x4"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gradient2x4(Strided gradients, Strided dPre, Strided source, nint columns, nint rows) =>
        ByFours<Strip2<TSimd, TVector>>(gradients, dPre, source, columns, rows);

    /// <inheritdoc cref="Gradient4x4"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gradient1x4(Strided gradients, Strided dPre, Strided source, nint columns, nint rows) =>
        ByFours<Strip1<TSimd, TVector>>(gradients, dPre, source, columns, rows);

    /// <inheritdoc cref="Gradient4x4"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gradient1x8(Strided gradients, Strided dPre, Strided source, nint columns, nint rows) =>
        ByEights<Strip1<TSimd, TVector>>(gradients, dPre, source, columns, rows);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ByFours<TStrip>(Strided gradients, Strided dPre, Strided source, nint columns, nint rows)
        where TStrip : struct, IStrip<TStrip, TVector>
    {
        nint column = 0;
        for (; column + 3 < columns; column += 4)
            FourColumns<TStrip>(gradients.From(column), dPre, source.From(0, column), rows);
        if (columns % 4 != 0)
            for (; column < columns; column++)
                OneColumn<TStrip>(gradients.From(column), dPre, source.From(0, column), rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ByEights<TStrip>(Strided gradients, Strided dPre, Strided source, nint columns, nint rows)
        where TStrip : struct, IStrip<TStrip, TVector>
    {
        nint column = 0;
        for (; column + 7 < columns; column += 8)
            EightColumns<TStrip>(gradients.From(column), dPre, source.From(0, column), rows);
        if (columns % 8 != 0)
            for (; column < columns; column++)
                OneColumn<TStrip>(gradients.From(column), dPre, source.From(0, column), rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OneColumn<TStrip>(Strided gradients, Strided dPre, Strided source, nint rows)
        where TStrip : struct, IStrip<TStrip, TVector>
    {
        TStrip sum = default;
        for (nint row = 0; row < rows; row++, dPre = dPre.From(1), source = source.From(1))
            sum.MultiplyAdd(TSimd.Factor(source[0, 0]), dPre, 0);
        sum.AddTo(gradients, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourColumns<TStrip>(Strided gradients, Strided dPre, Strided source, nint rows)
        where TStrip : struct, IStrip<TStrip, TVector>
    {
        TStrip sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        for (nint row = 0; row < rows; row++, dPre = dPre.From(1), source = source.From(1))
        {
            ref float value = ref source[0, 0];
            TStrip gradient = TStrip.Load(dPre, 0);
            sum0.MultiplyAdd(TSimd.Factor(value), gradient);
            sum1.MultiplyAdd(TSimd.Factor(Unsafe.Add(ref value, 1)), gradient);
            sum2.MultiplyAdd(TSimd.Factor(Unsafe.Add(ref value, 2)), gradient);
            sum3.MultiplyAdd(TSimd.Factor(Unsafe.Add(ref value, 3)), gradient);
        }

        sum0.AddTo(gradients, 0);
        sum1.AddTo(gradients, 1);
        sum2.AddTo(gradients, 2);
        sum3.AddTo(gradients, 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EightColumns<TStrip>(Strided gradients, Strided dPre, Strided source, nint rows)
        where TStrip : struct, IStrip<TStrip, TVector>
    {
        TStrip sum0 = default, sum1 = default, sum2 = default, sum3 = default, sum4 = default, sum5 = default, sum6 = default, sum7 = default;
        for (nint row = 0; row < rows; row++, dPre = dPre.From(1), source = source.From(1))
        {
            ref float value = ref source[0, 0];
            TStrip gradient = TStrip.Load(dPre, 0);
            sum0.MultiplyAdd(TSimd.Factor(value), gradient);
            sum1.MultiplyAdd(TSimd.Factor(Unsafe.Add(ref value, 1)), gradient);
            sum2.MultiplyAdd(TSimd.Factor(Unsafe.Add(ref value, 2)), gradient);
            sum3.MultiplyAdd(TSimd.Factor(Unsafe.Add(ref value, 3)), gradient);
            sum4.MultiplyAdd(TSimd.Factor(Unsafe.Add(ref value, 4)), gradient);
            sum5.MultiplyAdd(TSimd.Factor(Unsafe.Add(ref value, 5)), gradient);
            sum6.MultiplyAdd(TSimd.Factor(Unsafe.Add(ref value, 6)), gradient);
            sum7.MultiplyAdd(TSimd.Factor(Unsafe.Add(ref value, 7)), gradient);
        }

        sum0.AddTo(gradients, 0);
        sum1.AddTo(gradients, 1);
        sum2.AddTo(gradients, 2);
        sum3.AddTo(gradients, 3);
        sum4.AddTo(gradients, 4);
        sum5.AddTo(gradients, 5);
        sum6.AddTo(gradients, 6);
        sum7.AddTo(gradients, 7);
    }
}
