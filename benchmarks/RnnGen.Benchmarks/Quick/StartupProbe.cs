using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using RnnGen.Benchmarks.Networks;

namespace RnnGen.Benchmarks.Quick;

/// <summary>What one fresh process sees of its first steps. Runs in a child of <see cref="StartupTable"/>, which reads its one line.</summary>
internal static class StartupProbe
{
    private const int FirstSteps = 20;

    private const int SteadySteps = 50_000;

    /// <summary>
    /// Prints milliseconds: from <paramref name="started"/> (a clock reading of the parent) to here, from the first touch of the network to the end of its
    /// first step, of these the JIT's; the methods that it compiled; nanoseconds of a step in the long run, and of the first ones.
    /// </summary>
    public static void Run(string started)
    {
        long main = Stopwatch.GetTimestamp();
        // What the first reading of the clock costs is not the network's, nor a large array that drives its weights out of the caches.
        long[] ticks = new long[FirstSteps], steady = new long[SteadySteps];
        Time(static (_, _) => { }, [], [], ticks);
        var (jitBefore, methodsBefore) = (JitInfo.GetCompilationTime(), JitInfo.GetCompiledMethodCount());
        long touched = Stopwatch.GetTimestamp();
        var network = new Lstm64To64(1);
        float[] input = new float[Lstm64To64.InputSize], output = new float[Lstm64To64.OutputSize];
        network.Step(input, output);
        long first = Stopwatch.GetTimestamp();
        var (jit, methods) = (JitInfo.GetCompilationTime() - jitBefore, JitInfo.GetCompiledMethodCount() - methodsBefore);
        Time(network.Step, input, output, ticks);
        Time(network.Step, input, output, steady);
        Array.Sort(steady);
        double[] fields =
        [
            Stopwatch.GetElapsedTime(long.Parse(started, CultureInfo.InvariantCulture), main).TotalMilliseconds,
            Stopwatch.GetElapsedTime(touched, first).TotalMilliseconds,
            jit.TotalMilliseconds,
            methods,
            Nanoseconds(steady[SteadySteps / 2]),
            .. ticks.Select(Nanoseconds),
        ];
        ChildProcess.Answer(fields);
    }

    private static void Time(Subject.StepCode takeStep, float[] input, float[] output, long[] ticks)
    {
        for (int step = 0; step < ticks.Length; step++)
        {
            long start = Stopwatch.GetTimestamp();
            takeStep(input, output);
            ticks[step] = Stopwatch.GetTimestamp() - start;
        }
    }

    private static double Nanoseconds(long ticks) => ticks * 1e9 / Stopwatch.Frequency;
}
