using System.Diagnostics;
using System.Globalization;
using RnnGen.Benchmarks.Cells.Peers;
using RnnGen.Benchmarks.Quick;

namespace RnnGen.Benchmarks.Cells;

/// <summary>Forward and backward passes over sequences: what it gives that gates do not see the state.</summary>
internal sealed class SequencesTable
{
    private const int Steps = 100;
    private const int Rounds = 15;

    private readonly MarkdownTable _table = new("cell", "units", "B", "forward", "BPTT", "TorchSharp, forward", "TorchSharp, BPTT", "Torch / RnnGen");
    private double _worst;

    public string AboutPeer { get; private set; } = "TorchSharp is not built in (`-p:Peers=torch`).";

    public override string ToString() => _table.ToString();

    public void Measure()
    {
        Row<Lstm64Sequence>("Lstm");
        Row<Gru64Sequence>("Gru");
        Row<MinGru64Sequence>("MinGru");
        Row<Sru64Sequence>("Sru");
        Row<Qrnn64Sequence>("Qrnn");
        Row<Lstm256Sequence>("Lstm");
        Row<Gru256Sequence>("Gru");
        Row<MinGru256Sequence>("MinGru");
        Row<Sru256Sequence>("Sru");
        Row<Qrnn256Sequence>("Qrnn");
        Row<Lstm512Sequence>("Lstm");
        Row<Gru512Sequence>("Gru");
        Row<MinGru512Sequence>("MinGru");
        Row<Sru512Sequence>("Sru");
        Row<Qrnn512Sequence>("Qrnn");
    }

    private void Row<TNetwork>(string cell)
        where TNetwork : class, INetwork<TNetwork>
    {
        Row<TNetwork>(cell, 1);
        Row<TNetwork>(cell, 16);
        Console.Error.WriteLine(typeof(TNetwork).Name);
    }

    private void Row<TNetwork>(string cell, int batchSize)
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = TNetwork.Create(1);
        var random = new Random(1);
        float[] Draw(int size) => [.. Enumerable.Range(0, Steps * batchSize * size).Select(_ => (float)((2 * random.NextDouble()) - 1))];
        float[] frames = Draw(TNetwork.InputSize), gradients = Draw(TNetwork.OutputSize);
        var batch = SequenceBatch.FromTimeMajor(frames, Steps, batchSize, TNetwork.InputSize);
        using var tape = TNetwork.CreateTape(Steps, batchSize);
        using var peer = SequencePeer.Of(cell, network.Parameters, frames, [Steps, batchSize, TNetwork.InputSize]);

        // They take turns, so that a disturbance meets both.
        double[] forward = new double[Rounds], backward = new double[Rounds], peerForward = new double[Rounds], peerBackward = new double[Rounds];
        for (int round = -3; round < Rounds; round++)
        {
            int place = Math.Max(round, 0);
            forward[place] = Time(() => network.Forward(tape, batch));
            backward[place] = Time(() => network.Backward(tape, gradients));
            peerForward[place] = Time(() => peer?.Forward());
            peerBackward[place] = Time(() => peer?.Backward(gradients));
        }

        if (peer is not null)
            Compare(cell, peer.Outputs(), tape.Outputs);
        double ratio = (Median(peerForward) + Median(peerBackward)) / (Median(forward) + Median(backward));
        _table.Add(
            cell, TNetwork.OutputSize, batchSize, Show(forward), Show(backward), peer is null ? "" : Show(peerForward), peer is null ? "" : Show(peerBackward),
            peer is null ? "" : ratio.ToString("F1", CultureInfo.InvariantCulture));
    }

    /// <summary>A peer that computes something else is no peer.</summary>
    private void Compare(string cell, float[] theirs, ReadOnlySpan<float> ours)
    {
        if (theirs.Length != ours.Length)
            throw new InvalidOperationException($"{cell}: the peer has {theirs.Length} outputs, RnnGen {ours.Length}.");
        for (int place = 0; place < theirs.Length; place++)
            _worst = Math.Max(_worst, Math.Abs(theirs[place] - ours[place]));
        if (!(_worst < 1e-4))
            throw new InvalidOperationException($"{cell}: the peer's outputs differ by {_worst}.");
        AboutPeer = string.Create(CultureInfo.InvariantCulture, $"TorchSharp has its own LSTM and GRU; the others are that matrix product and a loop over the steps. Largest difference of outputs: {_worst:E1}.");
    }

    private static double Time(Action pass)
    {
        long start = Stopwatch.GetTimestamp();
        pass();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(double[] times) => times.Order().ElementAt(Rounds / 2);

    private static string Show(double[] times) => string.Create(CultureInfo.InvariantCulture, $"{times.Min():F3} / {Median(times):F3}");
}
