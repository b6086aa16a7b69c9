namespace RnnGen.Runtime;

/// <summary>
/// Where arenas take their memory from when a test wants to choose it: the test can then lay each block out so that what lies before and after it cannot be
/// touched. No one else sets it: without it an arena is an array, and its blocks follow each other.
/// </summary>
internal abstract unsafe class ArenaSource
{
    [ThreadStatic]
    private static ArenaSource? _current;

    /// <summary>The source of the arenas that this thread makes; null for arrays.</summary>
    public static ArenaSource? Current
    {
        get => _current;
        set => _current = value;
    }

    /// <summary>Places the next block of a plan.</summary>
    /// <param name="planned">Floats that the plan has so far; a plan begins with 0.</param>
    /// <param name="floats">The block's length.</param>
    /// <returns>Where the block starts, and the floats that the plan has with it.</returns>
    public abstract (Int128 Start, Int128 Planned) Place(Int128 planned, Int128 floats);

    /// <summary>Gives an arena its memory: zeros that stay where they are for as long as the arena is used.</summary>
    /// <param name="floats">The arena's length: that of the latest plan, or one that was not planned.</param>
    public abstract float* Take(int floats);
}
