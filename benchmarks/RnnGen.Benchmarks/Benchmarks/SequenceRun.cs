using BenchmarkDotNet.Attributes;
using RnnGen.Benchmarks.Networks;

namespace RnnGen.Benchmarks.Benchmarks;

/// <summary>Inference on whole sequences of 100 steps, LSTM 64→64: one stream, and batches.</summary>
public class SequenceRun
{
    private const int Steps = 100;

    private readonly Lstm64To64 _network = new(1);
    private readonly float[] _input = Work.Signal(Steps * Lstm64To64.InputSize);
    private readonly float[] _output = new float[Steps];
    private float[] _outputs = [];
    private SequenceBatch _batch = Work.Batch(1, 1, Lstm64To64.InputSize);

    [Params(1, 16, 64)]
    public int BatchSize { get; set; }

    [GlobalSetup]
    public void Setup() => (_batch, _outputs) = (Work.Batch(Steps, BatchSize, Lstm64To64.InputSize), new float[Steps * BatchSize]);

    [Benchmark]
    public void OneStream() => _network.Run(_input, _output);

    [Benchmark]
    public void Batch() => _network.Run(_batch, _outputs);
}
