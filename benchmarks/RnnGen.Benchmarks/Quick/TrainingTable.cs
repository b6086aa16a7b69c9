using RnnGen.Benchmarks.Networks;
using RnnGen.Benchmarks.Peers;
using RnnGen.Latency;

namespace RnnGen.Benchmarks.Quick;

/// <summary>Back-propagation through time and whole updates: T = 64, input 64, beside the peers, and beside the machine's peak of multiply-adds.</summary>
internal static class TrainingTable
{
    private const int Steps = 64;
    private const int UpdatesToAgree = 5;
    private const double SecondsEach = 0.2;

    private static readonly int[] BatchSizes = [1, 16, 32, 64];

    public static string Measure(MachineLimits limits)
    {
        var peers = new PeerColumns(PeerTasks.Update, "ms", 1e3, "F3");
        var table = new MarkdownTable(
        [
            "training, T = 64", "batch", "forward ms", "forward + backward ms", "median ms", "GFLOP/s", "of FMA peak", "Update (Adam) ms", "more than passes",
            .. peers.Titles, "allocated B",
        ]);
        foreach (int batchSize in BatchSizes)
            foreach (var entry in NetworkLists.Training)
                table.Add(Row(entry, batchSize, limits, peers));
        return $"{table}{peers.Agreement}";
    }

    private static object[] Row(NetworkEntry entry, int batchSize, MachineLimits limits, PeerColumns peers)
    {
        using var subject = entry.Create();
        using var training = subject.Train(Steps, batchSize);
        var rows = peers.Make(
            1,
            (peer, loss) => peer.Update(
                subject.Weights, new BatchShape(Steps, batchSize), training.Input, training.Targets, TrainingSubject.LearningRate, loss));
        for (int count = 0; count < UpdatesToAgree; count++)
        {
            float loss = training.Update();
            foreach (var row in rows)
            {
                row.Code.Call(1);
                peers.Agreement.Check(row.Peer, $"loss of update {count} of {entry.Name}, batch {batchSize}", [loss], row.Output);
            }
        }

        var times = Timing.Of(
            SecondsEach,
            [
                calls => { for (; calls > 0; calls--) training.Forward(); },
                calls => { for (; calls > 0; calls--) training.ForwardAndBackward(); },
                calls => { for (; calls > 0; calls--) training.Update(); },
                .. rows.Select(row => (Action<int>)row.Code.Call),
            ]);
        foreach (var row in rows)
            row.Dispose();
        var (forward, both, update) = (times[0], times[1], times[2]);
        double flops = TrainingFlops(subject, batchSize);
        return
        [
            entry.Name,
            batchSize,
            $"{forward.Minimum * 1e3:F3}",
            $"{both.Minimum * 1e3:F3}",
            $"{both.Median * 1e3:F3}",
            $"{flops / both.Minimum / 1e9:F0}",
            $"{flops / both.Minimum / limits.Flops:P0}",
            $"{update.Minimum * 1e3:F3}",
            $"{(update.Minimum / both.Minimum) - 1:P0}",
            .. peers.Cells(update, times.Skip(3)),
            forward.Allocated + both.Allocated + update.Allocated,
        ];
    }

    /// <summary>
    /// Of the matrix products of forward and backward: forward, the gradient of what was multiplied, and the gradient of the weights take the same number. The
    /// gradient of the network's input is not computed.
    /// </summary>
    private static double TrainingFlops(Subject subject, int batchSize) => Steps * batchSize * ((3 * subject.StepFlops) - subject.InputFlops);
}
