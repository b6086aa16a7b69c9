using System.Diagnostics;
using System.Runtime.CompilerServices;
using HdrHistogram;

namespace RnnGen.Latency;

/// <summary>Takes a network's steps, over the frames again and again, and times them.</summary>
/// <param name="step">The network's step.</param>
/// <param name="reset">Sets the network's state to that before a first step.</param>
/// <param name="frames">[any × <paramref name="frameSize"/>].</param>
/// <param name="frameSize">Floats per step.</param>
/// <param name="outputSize">Floats an answer.</param>
internal sealed class StepTimer(StepTimer.Step step, Action reset, float[] frames, int frameSize, int outputSize)
{
    private const long LongestNanoseconds = 3_600_000_000_000;
    private const int SignificantDigits = 3;
    private const int WarmUpSteps = 64;
    private const int ClockReadings = 10_000;
    private const double BurstNanoseconds = 20_000;

    private static readonly TimeSpan LeastSleep = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan WakeUpEarly = TimeSpan.FromMilliseconds(1);

    private readonly float[] _output = new float[outputSize];
    private int _offset;

    /// <summary><c>INetwork.Step</c>. A delegate costs less than a call that must find the method of a generic interface.</summary>
    public delegate void Step(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>What each step took, in nanoseconds, with reading the clock.</summary>
    public LongHistogram Times { get; } = new(LongestNanoseconds, SignificantDigits);

    /// <summary>Bytes that all timed steps allocated.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>Steps that ended after the next one should have begun.</summary>
    public long LateSteps { get; private set; }

    /// <summary>Small rounds, so that the JIT sees many calls and not one long one.</summary>
    public void WarmUp(TimeSpan duration)
    {
        var ticks = new long[WarmUpSteps];
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < duration;)
            TakeBackToBack(ticks);
    }

    /// <summary>Times steps, from the state before a first step.</summary>
    /// <param name="ticks">Room for what each took. The histogram is filled when the clock has stopped.</param>
    /// <param name="period">From the start of a step to that of the next; null for steps back to back.</param>
    public void Time(long[] ticks, TimeSpan? period)
    {
        reset();
        _offset = 0;
        if (period is TimeSpan given)
            TakePaced(ticks, given);
        else
            TakeCounted(ticks);
        Record(ticks, Times);
    }

    /// <summary>Nanoseconds a step in the fastest of many short bursts, whose ends alone are timed.</summary>
    public double FastestBurst()
    {
        int steps = (int)Math.Clamp(BurstNanoseconds / Math.Max(1, Times.GetValueAtPercentile(50)), 1, 1000);
        return MachineLimits.BestSeconds(() => Burst(steps)) * 1e9 / steps;
    }

    /// <summary>The median of two readings of the clock with nothing between them, in nanoseconds.</summary>
    public static long ClockNanoseconds()
    {
        var ticks = new long[ClockReadings];
        ReadClock(ticks);
        var times = new LongHistogram(LongestNanoseconds, SignificantDigits);
        Record(ticks, times);
        return times.GetValueAtPercentile(50);
    }

    private void TakeCounted(long[] ticks)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        TakeBackToBack(ticks);
        AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private void TakeBackToBack(long[] ticks)
    {
        for (int i = 0; i < ticks.Length; i++)
        {
            ReadOnlySpan<float> frame = NextFrame();
            long start = Stopwatch.GetTimestamp();
            step(frame, _output);
            ticks[i] = Stopwatch.GetTimestamp() - start;
        }
    }

    private void TakePaced(long[] ticks, TimeSpan period)
    {
        double ticksPerPeriod = period.TotalSeconds * Stopwatch.Frequency;
        long first = Stopwatch.GetTimestamp();
        for (int i = 0; i < ticks.Length; i++)
        {
            ReadOnlySpan<float> frame = NextFrame();
            WaitUntil(first + (long)(i * ticksPerPeriod));
            // Around the step alone: the runtime may allocate where it waits.
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            step(frame, _output);
            long end = Stopwatch.GetTimestamp();
            AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - before;
            ticks[i] = end - start;
            if (end > first + (long)((i + 1) * ticksPerPeriod))
                LateSteps++;
        }
    }

    private void Burst(int steps)
    {
        for (int i = 0; i < steps; i++)
            step(NextFrame(), _output);
    }

    private ReadOnlySpan<float> NextFrame()
    {
        int offset = _offset;
        _offset = offset + frameSize < frames.Length ? offset + frameSize : 0;
        return frames.AsSpan(offset, frameSize);
    }

    private static void WaitUntil(long due)
    {
        while (true)
        {
            TimeSpan left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
            if (left <= TimeSpan.Zero)
                return;
            if (left > LeastSleep)
                Thread.Sleep(left - WakeUpEarly);
            else
                Thread.SpinWait(1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReadClock(long[] ticks)
    {
        for (int i = 0; i < ticks.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            ticks[i] = Stopwatch.GetTimestamp() - start;
        }
    }

    private static void Record(long[] ticks, LongHistogram histogram)
    {
        double nanoseconds = 1e9 / Stopwatch.Frequency;
        foreach (long tick in ticks)
            histogram.RecordValue(Math.Clamp((long)(tick * nanoseconds), 0, LongestNanoseconds));
    }
}
