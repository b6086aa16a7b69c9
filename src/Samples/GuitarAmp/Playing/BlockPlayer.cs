using System.Diagnostics;

namespace RnnGen.Samples.GuitarAmp;

/// <summary>Plays a recording block by block, as an audio driver would request it.</summary>
internal static class BlockPlayer
{
    /// <summary>Samples per block; the last one may be shorter.</summary>
    public const int BlockLength = 64;

    // Warm-up: the JIT recompiles hot methods during the first blocks.
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(300);

    /// <summary>Plays a whole recording from the initial state.</summary>
    public static Playback Play(Amp amp, WavAudio input)
    {
        var output = new float[input.Samples.Length];
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUp;)
            Play(amp, input.Samples.AsSpan(0, Math.Min(input.Samples.Length, 64 * BlockLength)), output, new long[64]);

        amp.Reset();
        var ticks = new long[(input.Samples.Length + BlockLength - 1) / BlockLength];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Play(amp, input.Samples, output, ticks);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return new Playback(input with { Samples = output }, new BlockTimes(ticks, (double)BlockLength / input.Rate), allocated);
    }

    private static void Play(Amp amp, ReadOnlySpan<float> input, Span<float> output, Span<long> ticks)
    {
        for (int start = 0; start < input.Length; start += BlockLength)
        {
            int length = Math.Min(BlockLength, input.Length - start);
            long begin = Stopwatch.GetTimestamp();
            amp.Play(input.Slice(start, length), output.Slice(start, length));
            ticks[start / BlockLength] = Stopwatch.GetTimestamp() - begin;
        }
    }
}
