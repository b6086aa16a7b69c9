using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using RnnGen.Benchmarks.Networks;

namespace RnnGen.Benchmarks.Quick;

/// <summary>What one fresh process sees of its first steps. Runs in a child of <see cref="StartupTable"/>, which reads its one line.</summary>
internal static class StartupProbe
{
    public const int FirstSteps = 20;

    private const int SteadySteps = 50_000;

    /// <summary>Prints milliseconds: from <paramref name="started"/> (a clock reading of the parent) to here, from there to the end of the first step, of these the JIT's;
    /// the methods that it compiled; nanoseconds of the first steps and of a step in the long run.</summary>
    public static void Run(string started)
    {
        long main = Stopwatch.GetTimestamp();
        var (jitBefore, methodsBefore) = (JitInfo.GetCompilationTime(), JitInfo.GetCompiledMethodCount());
        var network = new Lstm64To64(1);
        float[] input = new float[Lstm64To64.InputSize], output = new float[Lstm64To64.OutputSize];
        network.Step(input, output);
        long first = Stopwatch.GetTimestamp();
        var (jit, methods) = (JitInfo.GetCompilationTime() - jitBefore, JitInfo.GetCompiledMethodCount() - methodsBefore);

        long[] ticks = new long[FirstSteps], steady = new long[SteadySteps];
        Time(network, input, output, ticks);
        Time(network, input, output, steady);
        Array.Sort(steady);
        double[] fields =
        [
            Stopwatch.GetElapsedTime(long.Parse(started, CultureInfo.InvariantCulture), main).TotalMilliseconds,
            Stopwatch.GetElapsedTime(main, first).TotalMilliseconds,
            jit.TotalMilliseconds,
            methods,
            Nanoseconds(steady[SteadySteps / 2]),
            .. ticks.Select(Nanoseconds),
        ];
        Console.WriteLine(string.Join(' ', fields.Select(field => field.ToString("R", CultureInfo.InvariantCulture))));
    }

    private static void Time(Lstm64To64 network, float[] input, float[] output, long[] ticks)
    {
        for (int step = 0; step < ticks.Length; step++)
        {
            long start = Stopwatch.GetTimestamp();
            network.Step(input, output);
            ticks[step] = Stopwatch.GetTimestamp() - start;
        }
    }

    private static double Nanoseconds(long ticks) => ticks * 1e9 / Stopwatch.Frequency;
}
