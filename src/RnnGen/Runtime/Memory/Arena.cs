using System.ComponentModel;

namespace RnnGen.Runtime;

/// <summary>
/// One block of floats at a fixed, 64-byte aligned address: a network, a tape or a stream takes all its memory as one of these. It starts as zeros.
/// </summary>
/// <remarks>
/// The memory is a pinned array of the garbage collector, so nothing needs freeing and nothing can be used after it was freed: spans keep it alive. A raw
/// <see cref="Pointer"/> does not, so whoever computes with one must keep the arena's owner reachable (<see cref="GC.KeepAlive"/>) until the last access.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class Arena
{
    /// <summary>Floats in 64 bytes: one cache line, one 512-bit vector.</summary>
    internal const int Alignment = 16;

    /// <summary>The most floats that an arena can hold: an array's limit, less what aligning may cost.</summary>
    internal static readonly int MaxLength = Array.MaxLength - Alignment;

    // Keeps the memory alive; empty where it comes from an ArenaSource.
    private readonly float[] _array;
    private readonly int _length;

    /// <summary>Takes the memory.</summary>
    /// <param name="floats">Its length.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="floats"/> is negative or more than an array can hold (about 2³¹).</exception>
    public Arena(long floats)
    {
        if (floats < 0 || floats > MaxLength)
        {
            throw new ArgumentOutOfRangeException(nameof(floats), $"floats: expected 0 to {MaxLength}, got {floats}");
        }

        VectorMath.GateTables.Prepare(); // A kernel runs on an arena: whatever is compiled after the first one knows them.
        _length = (int)floats;
        if (ArenaSource.Current is { } source)
        {
            _array = [];
            Pointer = source.Take(_length);
            return;
        }

        _array = GC.AllocateArray<float>(_length + Alignment, pinned: true);
        fixed (float* first = _array)
        {
            // The array is pinned for life: its address stays what it is here.
            Pointer = first + ((0 - (nuint)first) % (Alignment * sizeof(float)) / sizeof(float));
        }
    }

    /// <summary>The first float; its address is a multiple of 64.</summary>
    [CLSCompliant(false)]
    public float* Pointer { get; }

    /// <summary>The number of floats.</summary>
    public long Length => _length;

    /// <summary>All floats. The span keeps the memory alive.</summary>
    public Span<float> Span
    {
        get
        {
            var span = new Span<float>(Pointer, _length);
            GC.KeepAlive(_array); // From here on the span does.
            return span;
        }
    }
}
