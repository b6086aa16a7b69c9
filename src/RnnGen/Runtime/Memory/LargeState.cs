using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace RnnGen.Runtime;

/// <summary>A stream's hidden state that is too large to be a value: what the generated <c>State</c> classes share.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[DebuggerDisplay("{ToString(),nq}")]
public abstract class LargeState
{
    private readonly NetworkLayout _layout;
    private readonly Arena _arena;

    /// <summary>The zero state.</summary>
    /// <param name="layout">The network's layout.</param>
    protected LargeState(NetworkLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        _layout = layout;
        _arena = new Arena(layout.StateLength);
    }

    /// <summary>Whether it is among the streams of a call under way: one cannot be two of them.</summary>
    internal bool IsTaken { get; set; }

    /// <summary>The packed state, [<see cref="NetworkLayout.StateLength"/>].</summary>
    internal Span<float> Packed => _arena.Span;

    /// <summary>The first float of a state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="argument">Its name, for messages.</param>
    /// <exception cref="ArgumentNullException"><paramref name="state"/> is null.</exception>
    public static ref float FirstOf([NotNull] LargeState? state, string argument)
    {
        ThrowIfNull(state, argument);
        // A reference into the array, which keeps it alive even if another thread puts another state into the caller's variable meanwhile.
        return ref MemoryMarshal.GetReference(state.Packed);
    }

    /// <summary>The packed floats of a state.</summary>
    /// <inheritdoc cref="FirstOf"/>
    public static Span<float> FloatsOf([NotNull] LargeState? state, string argument)
    {
        ThrowIfNull(state, argument);
        return state.Packed;
    }

    /// <summary>Copies the state, [StateSize], in the network's order.</summary>
    /// <param name="destination">Receives it.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    public void CopyTo(Span<float> destination) => PackedState.CopyTo(_layout, Packed, destination);

    /// <summary>Sets the state, [StateSize], in the network's order.</summary>
    /// <param name="source">The state.</param>
    /// <exception cref="ArgumentException"><paramref name="source"/> has another length.</exception>
    public void Set(ReadOnlySpan<float> source) => PackedState.Set(_layout, source, Packed);

    /// <summary>Whether both hold the same bits. A step changes what a state equals, so it must not be the key of a dictionary.</summary>
    /// <param name="obj">Another state.</param>
    public override bool Equals(object? obj) =>
        ReferenceEquals(this, obj) || (obj is LargeState other && ReferenceEquals(other._layout, _layout) && PackedState.Equal(_layout, Packed, other.Packed));

    /// <inheritdoc/>
    public override int GetHashCode() => PackedState.Hash(_layout, Packed);

    /// <inheritdoc/>
    public override string ToString() => PackedState.Describe(_layout, Packed);

    /// <summary>Copies everything into another state of the same network.</summary>
    /// <param name="other">Receives it.</param>
    protected void CopyTo(LargeState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Packed.CopyTo(other.Packed);
    }

    private static void ThrowIfNull([NotNull] LargeState? state, string argument)
    {
        if (state is null)
            throw new ArgumentNullException(argument, $"{argument}: expected a state, got null; a stream starts from the network's InitialState");
    }
}
