using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace RnnGen.Runtime;

/// <summary>Rows, or columns, of floats in memory that lie at equal distances.</summary>
/// <param name="first">The first float of the first one.</param>
/// <param name="stride">Floats from one to the next; 0 where all are one and the same.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct Strided(ref float first, nint stride = 0)
{
    private readonly ref float _first = ref first;
    private readonly nint _stride = stride;

    /// <summary>Rows of zeros, no longer than a tile is wide.</summary>
    public static Strided Zeros
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(ref Scratch.Zeros);
    }

    /// <summary>One of the floats.</summary>
    /// <param name="index">Which of the rows, or columns.</param>
    /// <param name="place">Its number there.</param>
    internal ref float this[nint index, nint place]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref _first, (index * _stride) + place);
    }

    /// <summary>Those from one of them on, and each from one of its floats on.</summary>
    /// <param name="index">Which of the rows, or columns.</param>
    /// <param name="place">The number of that float.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Strided From(nint index, nint place = 0) => new(ref this[index, place], _stride);
}
