using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnGen.Runtime;

/// <summary>Four columns of four lanes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Fold512To128 : IFold<Vector512<float>, Vector128<float>>
{
    /// <inheritdoc/>
    public static int Columns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 4;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Factors(ref float first)
    {
        var half = Vector128.LoadUnsafe(ref first);
        var whole = Vector512.Create(Vector256.Create(half, half), Vector256.Create(half, half));
        return Vector512.Shuffle(whole, Vector512.Create(0, 0, 0, 0, 5, 5, 5, 5, 10, 10, 10, 10, 15, 15, 15, 15));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Fold(Vector512<float> sums) => Fold256To128.Fold(Fold512To256.Fold(sums));
}

/// <summary>Two columns of eight lanes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Fold512To256 : IFold<Vector512<float>, Vector256<float>>
{
    /// <inheritdoc/>
    public static int Columns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Factors(ref float first) =>
        Vector512.Create(Vector256.Create(first), Vector256.Create(Unsafe.Add(ref first, 1)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Fold(Vector512<float> sums) => sums.GetLower() + sums.GetUpper();
}

/// <summary>Two columns of four lanes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Fold256To128 : IFold<Vector256<float>, Vector128<float>>
{
    /// <inheritdoc/>
    public static int Columns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Factors(ref float first)
    {
        // One load of both, then a shuffle within halves.
        var pairs = Vector256.Create(Unsafe.ReadUnaligned<double>(ref Unsafe.As<float, byte>(ref first))).AsSingle();
        return Vector256.Shuffle(pairs, Vector256.Create(0, 0, 0, 0, 5, 5, 5, 5));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Fold(Vector256<float> sums) => sums.GetLower() + sums.GetUpper();
}

/// <summary>A column a vector: nothing is folded.</summary>
/// <typeparam name="TSimd">How vectors are computed with.</typeparam>
/// <typeparam name="TVector">The vector of floats.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NoFold<TSimd, TVector> : IFold<TVector, TVector>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    /// <inheritdoc/>
    public static int Columns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 1;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Factors(ref float first) => TSimd.Factor(first);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Fold(TVector sums) => sums;
}
