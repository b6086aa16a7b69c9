using BenchmarkDotNet.Attributes;
using RnnGen.Benchmarks.Networks;
using RnnGen.Benchmarks.Peers;

namespace RnnGen.Benchmarks.Benchmarks;

/// <summary>Whole updates (64 steps, input 64, mean squared error, Adam): generated, and by each peer; and of the generated the passes alone.</summary>
public class Training
{
    private const int Steps = 64;

    private readonly float[] _loss = new float[1];
    private Subject? _subject;
    private TrainingSubject? _training;
    private PeerCode? _peer;

    public static IEnumerable<string> Networks => NetworkLists.Training.Select(entry => entry.Name);

    [ParamsSource(nameof(Networks))]
    public string Network { get; set; } = "";

    [Params(1, 16, 32, 64)]
    public int BatchSize { get; set; }

    [GlobalSetup(Targets = [nameof(Update), nameof(ForwardAndBackward)])]
    public void Setup()
    {
        _subject = NetworkLists.Training.First(entry => entry.Name == Network).Create();
        _training = _subject.Train(Steps, BatchSize);
    }

    [GlobalSetup(Target = nameof(TorchSharp))]
    public void SetupTorchSharp()
    {
        Setup();
        var torch = PeerList.All.First(peer => peer.Name == PeerList.Torch);
        _peer = torch.Update(
            _subject!.Weights, new BatchShape(Steps, BatchSize), _training!.Input, _training.Targets, TrainingSubject.LearningRate, _loss);
        _peer.Call(1);
        Agreement.Require(torch, $"first loss of {Network}, batch {BatchSize}", [_training.Update()], _loss);
    }

    [Benchmark(Baseline = true)]
    public void Update() => _training!.Update();

    [Benchmark]
    public void ForwardAndBackward() => _training!.ForwardAndBackward();

    [Benchmark, BenchmarkCategory(PeerList.Torch)]
    public void TorchSharp() => _peer!.Call(1);

    [GlobalCleanup]
    public void Cleanup()
    {
        _peer?.Dispose();
        _training?.Dispose();
        _subject?.Dispose();
    }
}
