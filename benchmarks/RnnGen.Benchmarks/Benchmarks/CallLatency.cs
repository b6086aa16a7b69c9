using System.Diagnostics;
using System.Runtime.CompilerServices;
using BenchmarkDotNet.Running;
using HdrHistogram;

namespace RnnGen.Benchmarks.Benchmarks;

/// <summary>
/// What single calls of a benchmark took. BenchmarkDotNet keeps the mean of each iteration, thousands of calls, whose percentiles say nothing of the calls: so
/// when a table is printed, each benchmark is called again, and every call timed.
/// </summary>
internal static class CallLatency
{
    private const int MaxCalls = 20_000;
    private const int WarmUpCalls = 200;
    private const long LongestNanoseconds = 3_600_000_000_000;

    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(2);
    private static readonly ConditionalWeakTable<BenchmarkCase, LongHistogram> Measured = [];

    public static LongHistogram Of(BenchmarkCase benchmark) => Measured.GetValue(benchmark, Measure);

    private static LongHistogram Measure(BenchmarkCase benchmark)
    {
        var type = benchmark.Descriptor.Type;
        object instance = Activator.CreateInstance(type)!;
        foreach (var parameter in benchmark.Parameters.Items)
            type.GetProperty(parameter.Name)!.SetValue(instance, parameter.Value);
        benchmark.Descriptor.GlobalSetupMethod?.Invoke(instance, null);
        var histogram = Time(benchmark.Descriptor.WorkloadMethod.CreateDelegate<Action>(instance));
        benchmark.Descriptor.GlobalCleanupMethod?.Invoke(instance, null);
        return histogram;
    }

    private static LongHistogram Time(Action call)
    {
        var histogram = new LongHistogram(LongestNanoseconds, 3);
        var total = Stopwatch.StartNew();
        for (int warmUp = 0; warmUp < WarmUpCalls && total.Elapsed < Enough; warmUp++)
            call();
        double nanoseconds = 1e9 / Stopwatch.Frequency;
        total.Restart();
        for (int calls = 0; calls < MaxCalls && total.Elapsed < Enough; calls++)
        {
            long start = Stopwatch.GetTimestamp();
            call();
            histogram.RecordValue((long)((Stopwatch.GetTimestamp() - start) * nanoseconds));
        }

        return histogram;
    }
}
