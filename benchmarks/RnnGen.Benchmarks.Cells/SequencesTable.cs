using System.Diagnostics;
using System.Globalization;
using RnnGen.Benchmarks.Quick;

namespace RnnGen.Benchmarks.Cells;

/// <summary>Forward and backward passes over sequences: what it gives that gates do not see the state.</summary>
internal sealed class SequencesTable
{
    private const int Steps = 100;
    private const int Rounds = 15;

    private readonly MarkdownTable _table = new("cell", "units", "B 1, forward", "B 1, BPTT", "B 16, forward", "B 16, BPTT");

    public override string ToString() => _table.ToString();

    public void Measure()
    {
        Row("Lstm", 64, Of<Lstm64Sequence>(1), Of<Lstm64Sequence>(16));
        Row("Gru", 64, Of<Gru64Sequence>(1), Of<Gru64Sequence>(16));
        Row("MinGru", 64, Of<MinGru64Sequence>(1), Of<MinGru64Sequence>(16));
        Row("Sru", 64, Of<Sru64Sequence>(1), Of<Sru64Sequence>(16));
        Row("Qrnn", 64, Of<Qrnn64Sequence>(1), Of<Qrnn64Sequence>(16));
        Row("Lstm", 256, Of<Lstm256Sequence>(1), Of<Lstm256Sequence>(16));
        Row("Gru", 256, Of<Gru256Sequence>(1), Of<Gru256Sequence>(16));
        Row("MinGru", 256, Of<MinGru256Sequence>(1), Of<MinGru256Sequence>(16));
        Row("Sru", 256, Of<Sru256Sequence>(1), Of<Sru256Sequence>(16));
        Row("Qrnn", 256, Of<Qrnn256Sequence>(1), Of<Qrnn256Sequence>(16));
        Row("Lstm", 512, Of<Lstm512Sequence>(1), Of<Lstm512Sequence>(16));
        Row("Gru", 512, Of<Gru512Sequence>(1), Of<Gru512Sequence>(16));
        Row("MinGru", 512, Of<MinGru512Sequence>(1), Of<MinGru512Sequence>(16));
        Row("Sru", 512, Of<Sru512Sequence>(1), Of<Sru512Sequence>(16));
        Row("Qrnn", 512, Of<Qrnn512Sequence>(1), Of<Qrnn512Sequence>(16));
    }

    private void Row(string name, int units, (double Forward, double Backward) one, (double Forward, double Backward) many)
    {
        _table.Add(name, units, Number(one.Forward), Number(one.Backward), Number(many.Forward), Number(many.Backward));
        Console.Error.WriteLine($"{name} {units}");
    }

    /// <summary>Milliseconds of a pass forward that keeps the tape, and of back-propagation with the gradients of weights and inputs.</summary>
    private static (double Forward, double Backward) Of<TNetwork>(int batchSize)
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = TNetwork.Create(1);
        var random = new Random(1);
        float[] data = [.. Enumerable.Range(0, Steps * batchSize * TNetwork.InputSize).Select(_ => (float)((2 * random.NextDouble()) - 1))];
        var batch = SequenceBatch.FromTimeMajor(data, Steps, batchSize, TNetwork.InputSize);
        using var tape = TNetwork.CreateTape(Steps, batchSize);
        float[] gradients = [.. Enumerable.Range(0, Steps * batchSize * TNetwork.OutputSize).Select(_ => (float)((2 * random.NextDouble()) - 1))];
        double[] forward = new double[Rounds], backward = new double[Rounds];
        for (int round = -3; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            network.Forward(tape, batch);
            double first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            start = Stopwatch.GetTimestamp();
            network.Backward(tape, gradients);
            if (round >= 0)
                (forward[round], backward[round]) = (first, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return (forward.Order().ElementAt(Rounds / 2), backward.Order().ElementAt(Rounds / 2));
    }

    private static string Number(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}
