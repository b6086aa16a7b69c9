using System.Diagnostics;
using HdrHistogram;

namespace RnnGen.Samples.SpokenDigits;

/// <summary>How long one <c>Step</c> takes, and what it allocates.</summary>
/// <param name="Steps">Nanoseconds a step, with what reading the clock takes.</param>
/// <param name="Clock">The median of two readings of the clock with nothing between them, in nanoseconds.</param>
/// <param name="AllocatedBytes">By all the steps together.</param>
internal sealed record StepLatency(LongHistogram Steps, long Clock, long AllocatedBytes)
{
    private const long LongestNanoseconds = 10_000_000_000;
    private const int SignificantDigits = 3;

    /// <summary>Steps through all utterances once, after enough rounds for the JIT to have compiled everything for good.</summary>
    public static StepLatency Measure(DigitRecognizer network, Utterance[] utterances)
    {
        var ticks = new long[utterances.Sum(utterance => utterance.Frames)];
        var scores = new float[DigitRecognizer.OutputSize];
        WarmUp(() => StepThrough(network, utterances, scores, ticks));

        long before = GC.GetAllocatedBytesForCurrentThread();
        StepThrough(network, utterances, scores, ticks);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        LongHistogram steps = Histogram(ticks);

        WarmUp(() => ReadClock(ticks));
        ReadClock(ticks);
        return new StepLatency(steps, Histogram(ticks).GetValueAtPercentile(50), allocated);
    }

    /// <summary>The latency, in nanoseconds, that a percentage of the steps stays within.</summary>
    public long At(double percentile) => Steps.GetValueAtPercentile(percentile);

    /// <summary>Keeps what each step took, so that the histogram is filled when the clock has stopped.</summary>
    private static void StepThrough(DigitRecognizer network, Utterance[] utterances, float[] scores, long[] ticks)
    {
        int step = 0;
        foreach (Utterance utterance in utterances)
        {
            network.Reset();
            for (int frame = 0; frame < utterance.Frames; frame++)
            {
                ReadOnlySpan<float> features = utterance.Frame(frame);
                long start = Stopwatch.GetTimestamp();
                network.Step(features, scores);
                ticks[step++] = Stopwatch.GetTimestamp() - start;
            }
        }
    }

    private static void ReadClock(long[] ticks)
    {
        for (int i = 0; i < ticks.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            ticks[i] = Stopwatch.GetTimestamp() - start;
        }
    }

    /// <summary>The JIT recompiles what runs often in the background, some 100 ms after the last new method was called.</summary>
    private static void WarmUp(Action round)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            round();
        }
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromMilliseconds(400));
    }

    private static LongHistogram Histogram(long[] ticks)
    {
        var histogram = new LongHistogram(LongestNanoseconds, SignificantDigits);
        double nanoseconds = 1e9 / Stopwatch.Frequency;
        foreach (long tick in ticks)
            histogram.RecordValue(Math.Clamp((long)(tick * nanoseconds), 0, LongestNanoseconds));
        return histogram;
    }
}
