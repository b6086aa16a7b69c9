using BenchmarkDotNet.Attributes;
using RnnGen.Benchmarks.Networks;

namespace RnnGen.Benchmarks.Benchmarks;

/// <summary>Back-propagation through 64 steps, input 64, and whole updates (loss, Adam).</summary>
[GenericTypeArguments(typeof(Lstm64To64))]
[GenericTypeArguments(typeof(Lstm64To128))]
public class Training<TNetwork>
    where TNetwork : class, INetwork<TNetwork>
{
    private const int Steps = 64;

    private readonly TNetwork _network = TNetwork.Create(1);
    private Tape<TNetwork> _tape = TNetwork.CreateTape(1, 1);
    private Trainer<TNetwork>? _trainer;
    private SequenceBatch _batch = Work.Batch(1, 1, TNetwork.InputSize);
    private float[] _targets = [];

    [Params(1, 16, 32)]
    public int BatchSize { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _tape = TNetwork.CreateTape(Steps, BatchSize);
        _batch = Work.Batch(Steps, BatchSize, TNetwork.InputSize);
        _targets = Work.Signal(Steps * BatchSize);
        _trainer = new Trainer<TNetwork>(
            _network,
            new TrainerOptions { Optimizer = new Adam(1e-5f), Loss = Loss.MeanSquaredError, BatchSize = BatchSize, MaxSteps = Steps });
    }

    [Benchmark(Baseline = true)]
    public void ForwardAndBackward()
    {
        _network.Forward(_tape, _batch);
        _tape.ClearGradients();
        _network.BackwardFromLogits(_tape, _targets);
    }

    [Benchmark]
    public float Update() => _trainer!.Update(_batch, _targets);
}
