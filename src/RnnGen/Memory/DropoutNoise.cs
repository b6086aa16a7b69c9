using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace RnnGen.Runtime;

/// <summary>What dropout multiplies values with.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DropoutNoise
{
    /// <summary>
    /// Fills rows with 0 (with probability <paramref name="rate"/>) and 1 / (1 − rate), drawn with the tape's <see cref="TapeMemory.DropoutSeed"/>; with 1 where it has
    /// none. Integer arithmetic decides, so a seed gives the same noise everywhere.
    /// </summary>
    /// <param name="tape">The tape.</param>
    /// <param name="noise">The first row.</param>
    /// <param name="stride">Floats a row.</param>
    /// <param name="size">Values a row.</param>
    /// <param name="rate">The share that becomes 0.</param>
    /// <param name="part">Tells the noise of one part of the network from that of another.</param>
    /// <param name="rows">Rows.</param>
    public static void Fill(TapeMemory tape, ref float noise, int stride, int size, float rate, int part, nint rows)
    {
        ulong state = (ulong)(tape.DropoutSeed ?? 0);
        state = Xoshiro256.SplitMix64(ref state) + (ulong)part;
        uint limit = tape.DropoutSeed is null ? 0 : (uint)(rate * 4294967296.0);
        float kept = tape.DropoutSeed is null ? 1 : 1 / (1 - rate);
        for (nint row = 0; row < rows; row++)
        {
            ref float first = ref Unsafe.Add(ref noise, row * stride);
            ulong bits = 0;
            for (int i = 0; i < size; i++)
            {
                // 64 bits are enough for two values.
                bits = (i & 1) == 0 ? Xoshiro256.SplitMix64(ref state) : bits >> 32;
                Unsafe.Add(ref first, i) = (uint)bits < limit ? 0 : kept;
            }
        }
    }
}
