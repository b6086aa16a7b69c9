using BenchmarkDotNet.Attributes;
using RnnGen.Benchmarks.Networks;
using RnnGen.Benchmarks.Peers;

namespace RnnGen.Benchmarks.Benchmarks;

/// <summary>Inference on whole sequences of 100 steps: generated, and by each peer.</summary>
public class Sequence
{
    private const int Steps = 100;

    private float[] _input = [];
    private float[] _output = [];
    private SequenceBatch? _batch;
    private Subject? _subject;
    private PeerCode? _peer;

    public static IEnumerable<string> Networks => NetworkLists.Sequences.Select(entry => entry.Name);

    [ParamsSource(nameof(Networks))]
    public string Network { get; set; } = "";

    [Params(1, 16, 64)]
    public int BatchSize { get; set; }

    [GlobalSetup(Target = nameof(Generated))]
    public void Setup()
    {
        _subject = NetworkLists.Sequences.First(entry => entry.Name == Network).Create();
        (_input, _output) = (Signals.Wave(Steps * BatchSize * _subject.InputSize), new float[Steps * BatchSize]);
        _batch = SequenceBatch.FromTimeMajor(_input, Steps, BatchSize, _subject.InputSize);
    }

    [GlobalSetup(Target = nameof(OnnxRuntime))]
    public void SetupOnnxRuntime() => SetupPeer(PeerList.Onnx);

    [GlobalSetup(Target = nameof(TorchSharp))]
    public void SetupTorchSharp() => SetupPeer(PeerList.Torch);

    [Benchmark(Baseline = true)]
    public void Generated()
    {
        if (BatchSize == 1)
            _subject!.Run(_input, _output);
        else
            _subject!.Run(_batch!, _output);
    }

    [Benchmark, BenchmarkCategory(PeerList.Onnx)]
    public void OnnxRuntime() => _peer!.Call(1);

    [Benchmark, BenchmarkCategory(PeerList.Torch)]
    public void TorchSharp() => _peer!.Call(1);

    [GlobalCleanup]
    public void Cleanup()
    {
        _peer?.Dispose();
        _subject?.Dispose();
    }

    private void SetupPeer(string name)
    {
        Setup();
        var peer = PeerList.All.First(peer => peer.Name == name);
        float[] expected = new float[Steps * BatchSize];
        _peer = peer.Run(_subject!.Weights, new BatchShape(Steps, BatchSize), _input, _output);
        _subject.Run(_batch!, expected);
        _peer.Call(1);
        Agreement.Require(peer, $"{Network}, batch {BatchSize}", expected, _output);
    }
}
