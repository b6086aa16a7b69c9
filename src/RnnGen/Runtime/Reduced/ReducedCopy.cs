using System.Runtime.CompilerServices;

namespace RnnGen.Runtime;

/// <summary>The reduced copy of a network's weights, recomputed where they have changed since it was made.</summary>
/// <param name="layout">What lies where.</param>
/// <param name="weights">The weights.</param>
/// <param name="arena">What holds the copy.</param>
/// <param name="block">Where.</param>
internal sealed unsafe class ReducedCopy(NetworkLayout layout, PackedBuffer weights, Arena arena, ArenaBlock block)
{
    private readonly float* _pointer = block.PointerIn(arena);
    private readonly Lock _filling = new();
    private int _version = -1;

    /// <summary>Its first word.</summary>
    public ref float First
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (Volatile.Read(ref _version) != weights.Version)
                Fill();
            return ref *_pointer;
        }
    }

    /// <summary>Streams of several threads may come here at once.</summary>
    private void Fill()
    {
        lock (_filling)
        {
            if (_version == weights.Version)
                return;
            for (int product = 0; product < layout.Reduced.Count; product++)
                ReducedWeights.Fill(layout.Reduced[product], weights.Span, block.In(arena));
            Volatile.Write(ref _version, weights.Version);
        }
    }
}
