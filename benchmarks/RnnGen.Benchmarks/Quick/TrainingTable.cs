using RnnGen.Benchmarks.Networks;
using RnnGen.Latency;

namespace RnnGen.Benchmarks.Quick;

/// <summary>Back-propagation through time and whole updates: T = 64, input 64, beside the machine's peak of multiply-adds.</summary>
internal static class TrainingTable
{
    private const int Steps = 64;

    public static string Measure(MachineLimits limits)
    {
        var table = new MarkdownTable(
            "training, T = 64", "batch", "forward ms", "forward + backward ms", "median ms", "GFLOP/s", "of FMA peak", "Update (Adam) ms", "more than passes", "allocated B");
        foreach (int batch in new[] { 1, 16, 32 })
        {
            Row<Lstm64To64>("LSTM 64→64", batch);
            Row<Lstm64To128>("LSTM 64→128", batch);
            Row<Gru64To64>("GRU 64→64", batch);
            Row<Gru64To128>("GRU 64→128", batch);
            Row<Rnn64To64>("RNN 64→64", batch);
            Row<Rnn64To128>("RNN 64→128", batch);
        }

        return table.ToString();

        void Row<TNetwork>(string name, int batchSize)
            where TNetwork : class, INetwork<TNetwork>
        {
            using var network = TNetwork.Create(1);
            using var tape = TNetwork.CreateTape(Steps, batchSize);
            var trainer = new Trainer<TNetwork>(
                network,
                new TrainerOptions { Optimizer = new Adam(1e-5f), Loss = Loss.MeanSquaredError, BatchSize = batchSize, MaxSteps = Steps });
            var batch = Work.Batch(Steps, batchSize, TNetwork.InputSize);
            float[] gradients = Work.Signal(Steps * batchSize), targets = Work.Signal(Steps * batchSize);
            var times = Timing.Of(
                0.5,
                calls => { for (; calls > 0; calls--) network.Forward(tape, batch); },
                calls =>
                {
                    for (; calls > 0; calls--)
                    {
                        network.Forward(tape, batch);
                        tape.ClearGradients();
                        network.BackwardFromLogits(tape, gradients);
                    }
                },
                calls => { for (; calls > 0; calls--) trainer.Update(batch, targets); });
            var (forward, both, update) = (times[0], times[1], times[2]);
            double flops = Work.TrainingFlops<TNetwork>(Steps * batchSize);
            table.Add(
                name,
                batchSize,
                $"{forward.Minimum * 1e3:F3}",
                $"{both.Minimum * 1e3:F3}",
                $"{both.Median * 1e3:F3}",
                $"{flops / both.Minimum / 1e9:F0}",
                $"{flops / both.Minimum / limits.Flops:P0}",
                $"{update.Minimum * 1e3:F3}",
                $"{(update.Minimum / both.Minimum) - 1:P0}",
                forward.Allocated + both.Allocated + update.Allocated);
        }
    }
}
