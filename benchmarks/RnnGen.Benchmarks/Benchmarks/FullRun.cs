using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using RnnGen.Benchmarks.Peers;

namespace RnnGen.Benchmarks.Benchmarks;

/// <summary>The benchmarks under BenchmarkDotNet.</summary>
internal static class FullRun
{
    public static void Run(string[] args)
    {
        foreach (string note in PeerList.LeftOut)
            Console.WriteLine(note);
        var present = PeerList.All.Select(peer => peer.Name).ToHashSet();
        var config = DefaultConfig.Instance
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).AsMutator()) // Any other would compile all networks once more.
            .AddFilter(new SimpleFilter(benchmark => benchmark.Descriptor.Categories.All(present.Contains)))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumn(StatisticColumn.Min, StatisticColumn.Median, new CallLatencyColumn(50), new CallLatencyColumn(99), new CallLatencyColumn(99.9));
        BenchmarkSwitcher.FromAssembly(typeof(FullRun).Assembly).Run(args, config);
    }
}
