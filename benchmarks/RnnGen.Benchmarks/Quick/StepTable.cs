using RnnGen.Benchmarks.Networks;
using RnnGen.Benchmarks.Peers;
using RnnGen.Latency;

namespace RnnGen.Benchmarks.Quick;

/// <summary>One step of one stream, and a sequence of 100: beside the peers, and beside what the machine allows.</summary>
internal static class StepTable
{
    private const int SequenceSteps = 100;
    private const int StepsToAgree = 20;
    private const double SecondsEach = 0.15;

    public static string Measure(MachineLimits limits)
    {
        var peers = new PeerColumns(PeerTasks.Step, "ns", 1e9, "F0");
        var table = new MarkdownTable(
            ["step, with Dense(1)", "min ns", "median ns", "of limit", "Run T=100, ns a step", .. peers.Titles, "weights KB", "allocated B"]);
        foreach (var entry in NetworkLists.Steps)
            table.Add(Row(entry, limits, peers));
        return $"{table}{peers.Agreement}";
    }

    private static object[] Row(NetworkEntry entry, MachineLimits limits, PeerColumns peers)
    {
        using var subject = entry.Create();
        float[] input = Signals.Wave(subject.InputSize), output = new float[1];
        float[] sequence = Signals.Wave(SequenceSteps * subject.InputSize), outputs = new float[SequenceSteps];
        var rows = peers.Make(1, (peer, theirs) => peer.Step(subject.Weights, input, theirs));
        foreach (var row in rows)
            Agree(entry.Name, subject, row, input, output, peers.Agreement);
        var step = subject.Step;
        var times = Timing.Of(
            SecondsEach,
            [
                calls => { for (; calls > 0; calls--) step(input, output); },
                calls => { for (; calls > 0; calls--) subject.Run(sequence, outputs); },
                .. rows.Select(row => (Action<int>)row.Code.Call),
            ]);
        foreach (var row in rows)
            row.Dispose();
        var (generated, run) = (times[0], times[1]);
        return
        [
            entry.Name,
            $"{generated.Minimum * 1e9:F1}",
            $"{generated.Median * 1e9:F1}",
            $"{limits.Seconds(subject.StepFlops, subject.WeightBytes) / generated.Minimum:P0}",
            $"{run.Minimum * 1e9 / SequenceSteps:F1}",
            .. peers.Cells(generated, times.Skip(2)),
            $"{subject.WeightBytes / 1024:F1}",
            generated.Allocated + run.Allocated,
        ];
    }

    /// <summary>Both from the state zero, over inputs that change from step to step.</summary>
    private static void Agree(string name, Subject subject, PeerRow row, float[] input, float[] output, Agreement agreement)
    {
        float first = input[0];
        subject.Reset();
        for (int step = 0; step < StepsToAgree; step++)
        {
            input[0] = MathF.Cos(step);
            subject.Step(input, output);
            row.Code.Call(1);
            agreement.Check(row.Peer, $"step {step} of {name}", output, row.Output);
        }

        input[0] = first;
    }
}
