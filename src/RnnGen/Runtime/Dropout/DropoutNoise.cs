using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace RnnGen.Runtime;

/// <summary>What dropout multiplies values with.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DropoutNoise
{
    /// <summary>
    /// Fills a row per sequence, [B], with 0 (with probability <paramref name="rate"/>) and 1 / (1 − rate), drawn with the tape's
    /// <see cref="TapeMemory.DropoutSeed"/>; with 1 where it has none. Integer arithmetic decides, so a seed gives the same noise everywhere.
    /// </summary>
    /// <param name="tape">The tape.</param>
    /// <param name="noise">The first row.</param>
    /// <param name="stride">Floats per row.</param>
    /// <param name="size">Values per row.</param>
    /// <param name="rate">The share that becomes 0.</param>
    /// <param name="part">Tells the noise of one part of the network from that of another.</param>
    public static void Fill(TapeMemory tape, ref float noise, int stride, int size, float rate, int part) =>
        Draw(tape, Stream(tape, part), ref noise, stride, size, rate);

    /// <summary>The same with a row per step, [T, B]: a step has noise of its own, which <see cref="TapeMemory.FirstStep"/> tells as well.</summary>
    /// <inheritdoc cref="Fill"/>
    public static void FillSteps(TapeMemory tape, ref float noise, int stride, int size, float rate, int part)
    {
        ulong steps = Stream(tape, part);
        steps = Xoshiro256.SplitMix64(ref steps) + (ulong)tape.FirstStep;
        for (int step = 0; step < tape.Steps; step++)
            Draw(tape, steps + (ulong)step, ref Unsafe.Add(ref noise, (nint)step * tape.Batch * stride), stride, size, rate);
    }

    private static ulong Stream(TapeMemory tape, int part)
    {
        ulong seed = (ulong)(tape.DropoutSeed ?? 0);
        return Xoshiro256.SplitMix64(ref seed) + (ulong)part;
    }

    private static void Draw(TapeMemory tape, ulong state, ref float noise, int stride, int size, float rate)
    {
        uint limit = tape.DropoutSeed is null ? 0 : (uint)(rate * 4294967296.0);
        float kept = tape.DropoutSeed is null ? 1 : 1 / (1 - rate);
        for (nint row = 0; row < tape.Batch; row++)
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
