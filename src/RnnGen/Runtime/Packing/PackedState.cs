using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace RnnGen.Runtime;

/// <summary>
/// A stream's hidden state on its way between the canonical order (that of <see cref="NetworkLayout.States"/>, without padding) and the packed one.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PackedState
{
    /// <summary>Values of each part that a description shows.</summary>
    private const int DescribedValues = 4;

    /// <summary>Copies a packed state out.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="packed">The packed state, [<see cref="NetworkLayout.StateLength"/>].</param>
    /// <param name="destination">Receives it without padding, [<see cref="NetworkLayout.StateSize"/>].</param>
    /// <exception cref="ArgumentException">A span has another length, or they overlap.</exception>
    public static void CopyTo(NetworkLayout layout, ReadOnlySpan<float> packed, Span<float> destination)
    {
        CheckLengths(layout, packed.Length, nameof(packed), destination.Length, nameof(destination));
        Guard.Apart(packed, (ReadOnlySpan<float>)destination, nameof(destination), "the state");
        int first = 0;
        for (int i = 0; i < layout.States.Count; i++)
        {
            StateLayout state = layout.States[i];
            packed.Slice(state.Offset, state.Size).CopyTo(destination.Slice(first, state.Size));
            first += state.Size;
        }
    }

    /// <summary>Copies a canonical state in; padding is left alone.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="source">The state without padding, [<see cref="NetworkLayout.StateSize"/>].</param>
    /// <param name="packed">The packed state, [<see cref="NetworkLayout.StateLength"/>].</param>
    /// <exception cref="ArgumentException">A span has another length, or they overlap.</exception>
    public static void Set(NetworkLayout layout, ReadOnlySpan<float> source, Span<float> packed)
    {
        CheckLengths(layout, packed.Length, nameof(packed), source.Length, nameof(source));
        Guard.Apart((ReadOnlySpan<float>)packed, source, nameof(source), "the state");
        int first = 0;
        for (int i = 0; i < layout.States.Count; i++)
        {
            StateLayout state = layout.States[i];
            source.Slice(first, state.Size).CopyTo(packed.Slice(state.Offset, state.Size));
            first += state.Size;
        }
    }

    private static void CheckLengths(NetworkLayout layout, int packed, string packedName, int canonical, string canonicalName)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Guard.Length(packed, layout.StateLength, packedName, nameof(layout.StateLength));
        Guard.Length(canonical, layout.StateSize, canonicalName, nameof(layout.StateSize));
    }

    /// <summary>Whether two packed states hold the same bits, padding and scratch aside.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="left">A packed state.</param>
    /// <param name="right">Another.</param>
    public static bool Equal(NetworkLayout layout, ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        foreach (StateLayout state in layout.States)
            if (!Bytes(left, state).SequenceEqual(Bytes(right, state)))
                return false;
        return true;
    }

    /// <summary>A hash of what <see cref="Equal"/> compares.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="packed">A packed state.</param>
    public static int Hash(NetworkLayout layout, ReadOnlySpan<float> packed)
    {
        var hash = default(HashCode);
        foreach (StateLayout state in layout.States)
            hash.AddBytes(Bytes(packed, state));
        return hash.ToHashCode();
    }

    /// <summary>A short description of a state for debugging: the first values of each part.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="packed">A packed state.</param>
    public static string Describe(NetworkLayout layout, ReadOnlySpan<float> packed)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var text = new StringBuilder();
        foreach (StateLayout state in layout.States)
        {
            text.Append(text.Length > 0 ? "; " : "").Append(state.Name).Append(" [");
            ReadOnlySpan<float> values = packed.Slice(state.Offset, state.Size);
            for (int i = 0; i < Math.Min(values.Length, DescribedValues); i++)
                text.Append(i > 0 ? ", " : "").Append(values[i].ToString("G4", InvariantNumbers.Format));
            text.Append(values.Length > DescribedValues ? ", …]" : "]");
        }

        return text.Length > 0 ? text.ToString() : "no state";
    }

    private static ReadOnlySpan<byte> Bytes(ReadOnlySpan<float> packed, StateLayout state) => MemoryMarshal.AsBytes(packed.Slice(state.Offset, state.Size));
}
