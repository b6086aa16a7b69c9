using System.Runtime.CompilerServices;

namespace RnnGen.Runtime;

/// <summary>The packed weights of a network or the packed gradients of a tape, and whether their owner still lives.</summary>
/// <param name="owner">Who is named when they are used after <see cref="Dispose"/>.</param>
/// <param name="arena">What holds them.</param>
/// <param name="block">Where.</param>
internal sealed class PackedBuffer(string owner, Arena arena, ArenaBlock block)
{
    private volatile bool _disposed; // by another thread perhaps

    /// <summary>Another number after each change of the values that went through <see cref="Writable"/>.</summary>
    public int Version { get; private set; }

    /// <summary>All values, padding included.</summary>
    /// <exception cref="ObjectDisposedException">The owner has been disposed of.</exception>
    public Span<float> Span
    {
        get
        {
            ThrowIfDisposed();
            return block.In(arena);
        }
    }

    /// <summary>The same for who is going to change them.</summary>
    /// <exception cref="ObjectDisposedException">The owner has been disposed of.</exception>
    public Span<float> Writable
    {
        get
        {
            Version++;
            return Span;
        }
    }

    /// <summary>Throws when the owner has been disposed of.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ThrowIfDisposed()
    {
        if (_disposed)
        {
            Guard.ThrowDisposed(owner);
        }
    }

    /// <summary>
    /// From here on every access throws. The memory itself stays until the garbage collector finds its owner unreachable, so that a kernel
    /// that is still running on another thread writes to memory that is nobody else's.
    /// </summary>
    public void Dispose() => _disposed = true;
}
