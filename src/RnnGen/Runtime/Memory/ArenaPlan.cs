namespace RnnGen.Runtime;

/// <summary>Adds up what goes into an <see cref="Arena"/> before it is taken; each block starts at a multiple of 64 bytes.</summary>
internal struct ArenaPlan
{
    // 128 bits: a tape's region is steps × batch × stride, three factors of up to 31 bits.
    private Int128 _length;

    /// <summary>Floats planned so far, padding between blocks included.</summary>
    public readonly Int128 Length => _length;

    /// <summary>Whether one arena can hold what is planned. Blocks are void as soon as it cannot.</summary>
    public readonly bool Fits => _length <= Arena.MaxLength;

    /// <summary>Plans one more block.</summary>
    public ArenaBlock Take(Int128 floats)
    {
        Int128 start = _length;
        if (ArenaSource.Current is { } source)
            (start, _length) = source.Place(start, floats);
        else
            _length = (start + floats + Arena.Alignment - 1) / Arena.Alignment * Arena.Alignment;
        return Fits ? new ArenaBlock((int)start, (int)floats) : default;
    }
}

/// <summary>A block of an <see cref="Arena"/>, in floats.</summary>
/// <param name="Offset">Where it starts; a multiple of 16.</param>
/// <param name="Length">Its length.</param>
internal readonly record struct ArenaBlock(int Offset, int Length)
{
    /// <summary>Its floats.</summary>
    public Span<float> In(Arena arena) => arena.Span.Slice(Offset, Length);

    /// <summary>Its first float.</summary>
    public unsafe float* PointerIn(Arena arena) => arena.Pointer + Offset;
}
