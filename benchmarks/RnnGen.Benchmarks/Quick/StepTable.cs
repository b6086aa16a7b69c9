using RnnGen.Benchmarks.Networks;
using RnnGen.Benchmarks.Peers;
using RnnGen.Latency;

namespace RnnGen.Benchmarks.Quick;

/// <summary>One step of one stream, and a sequence of 100: beside the same by hand with TensorPrimitives, and beside what the machine allows.</summary>
internal static class StepTable
{
    private const int SequenceSteps = 100;

    private delegate void Steps<TNetwork>(TNetwork network, float[] input, float[] output, int count);

    public static string Measure(MachineLimits limits)
    {
        var table = new MarkdownTable(
            "step, with Dense(1)", "min ns", "median ns", "of limit", "Run T=100, ns a step", "TensorPrimitives min ns", "ratio", "weights KB", "allocated B");
        Row<Lstm1To8>("LSTM 1→8", static (net, x, y, n) => { for (; n > 0; n--) net.Step(x, y); });
        Row<Lstm1To16>("LSTM 1→16", static (net, x, y, n) => { for (; n > 0; n--) net.Step(x, y); });
        Row<Lstm1To32>("LSTM 1→32", static (net, x, y, n) => { for (; n > 0; n--) net.Step(x, y); });
        Row<Lstm40To64>("LSTM 40→64", static (net, x, y, n) => { for (; n > 0; n--) net.Step(x, y); });
        Row<Lstm64To64>("LSTM 64→64", static (net, x, y, n) => { for (; n > 0; n--) net.Step(x, y); });
        Row<Lstm128To128>("LSTM 128→128", static (net, x, y, n) => { for (; n > 0; n--) net.Step(x, y); });
        Row<Gru1To8>("GRU 1→8", static (net, x, y, n) => { for (; n > 0; n--) net.Step(x, y); });
        Row<Gru1To16>("GRU 1→16", static (net, x, y, n) => { for (; n > 0; n--) net.Step(x, y); });
        Row<Gru1To32>("GRU 1→32", static (net, x, y, n) => { for (; n > 0; n--) net.Step(x, y); });
        Row<Gru40To64>("GRU 40→64", static (net, x, y, n) => { for (; n > 0; n--) net.Step(x, y); });
        Row<Gru64To64>("GRU 64→64", static (net, x, y, n) => { for (; n > 0; n--) net.Step(x, y); });
        Row<Gru128To128>("GRU 128→128", static (net, x, y, n) => { for (; n > 0; n--) net.Step(x, y); });
        Row<Rnn1To8>("RNN 1→8", static (net, x, y, n) => { for (; n > 0; n--) net.Step(x, y); });
        Row<Rnn1To16>("RNN 1→16", static (net, x, y, n) => { for (; n > 0; n--) net.Step(x, y); });
        Row<Rnn1To32>("RNN 1→32", static (net, x, y, n) => { for (; n > 0; n--) net.Step(x, y); });
        Row<Rnn40To64>("RNN 40→64", static (net, x, y, n) => { for (; n > 0; n--) net.Step(x, y); });
        Row<Rnn64To64>("RNN 64→64", static (net, x, y, n) => { for (; n > 0; n--) net.Step(x, y); });
        Row<Rnn128To128>("RNN 128→128", static (net, x, y, n) => { for (; n > 0; n--) net.Step(x, y); });
        return table.ToString();

        void Row<TNetwork>(string name, Steps<TNetwork> steps)
            where TNetwork : class, INetwork<TNetwork>
        {
            using var network = TNetwork.Create(1);
            var cell = TensorCell.Of(network);
            float[] input = Work.Signal(TNetwork.InputSize), output = new float[1];
            float[] sequence = Work.Signal(SequenceSteps * TNetwork.InputSize), outputs = new float[SequenceSteps];
            var times = Timing.Of(
                0.4,
                calls => steps(network, input, output, calls),
                calls => { for (; calls > 0; calls--) cell.Step(input, output); },
                calls => { for (; calls > 0; calls--) network.Run(sequence, outputs); });
            var (generated, byHand, run) = (times[0], times[1], times[2]);
            double bytes = Work.WeightBytes<TNetwork>();
            table.Add(
                name,
                $"{generated.Minimum * 1e9:F1}",
                $"{generated.Median * 1e9:F1}",
                $"{limits.Seconds(Work.StepFlops<TNetwork>(), bytes) / generated.Minimum:P0}",
                $"{run.Minimum * 1e9 / SequenceSteps:F1}",
                $"{byHand.Minimum * 1e9:F0}",
                $"{byHand.Minimum / generated.Minimum:F1}×",
                $"{bytes / 1024:F1}",
                generated.Allocated + run.Allocated);
        }
    }
}
