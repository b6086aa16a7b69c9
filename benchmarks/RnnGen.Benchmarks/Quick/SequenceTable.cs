using RnnGen.Benchmarks.Networks;
using RnnGen.Benchmarks.Peers;
using RnnGen.Latency;

namespace RnnGen.Benchmarks.Quick;

/// <summary>Inference on whole sequences, T = 100, one and batches: beside the peers, and beside the machine's peak of multiply-adds.</summary>
internal static class SequenceTable
{
    private const int Steps = 100;
    private const double SecondsEach = 0.2;

    private static readonly int[] BatchSizes = [1, 16, 64];

    public static string Measure(MachineLimits limits)
    {
        var peers = new PeerColumns(PeerTasks.Run, "ms", 1e3, "F3");
        var table = new MarkdownTable(["sequences, T = 100", "batch", "min ms", "median ms", "GFLOP/s", "of FMA peak", .. peers.Titles, "allocated B"]);
        foreach (var entry in NetworkLists.Sequences)
            foreach (int batchSize in BatchSizes)
                table.Add(Row(entry, batchSize, limits, peers));
        return $"{table}{peers.Agreement}";
    }

    private static object[] Row(NetworkEntry entry, int batchSize, MachineLimits limits, PeerColumns peers)
    {
        using var subject = entry.Create();
        float[] input = Signals.Wave(Steps * batchSize * subject.InputSize), output = new float[Steps * batchSize];
        var batch = SequenceBatch.FromTimeMajor(input, Steps, batchSize, subject.InputSize);
        var rows = peers.Make(output.Length, (peer, theirs) => peer.Run(subject.Weights, new BatchShape(Steps, batchSize), input, theirs));
        Action run = batchSize == 1 ? () => subject.Run(input, output) : () => subject.Run(batch, output);
        subject.Reset();
        run();
        foreach (var row in rows)
        {
            row.Code.Call(1);
            peers.Agreement.Check(row.Peer, $"{entry.Name}, batch {batchSize}", output, row.Output);
        }

        var times = Timing.Of(SecondsEach, [calls => { for (; calls > 0; calls--) run(); }, .. rows.Select(row => (Action<int>)row.Code.Call)]);
        foreach (var row in rows)
            row.Dispose();
        double flops = Steps * batchSize * subject.StepFlops;
        return
        [
            entry.Name,
            batchSize,
            $"{times[0].Minimum * 1e3:F3}",
            $"{times[0].Median * 1e3:F3}",
            $"{flops / times[0].Minimum / 1e9:F0}",
            $"{flops / times[0].Minimum / limits.Flops:P0}",
            .. peers.Cells(times[0], times.Skip(1)),
            times[0].Allocated,
        ];
    }
}
