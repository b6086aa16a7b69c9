using BenchmarkDotNet.Attributes;
using RnnGen.Benchmarks.Networks;
using RnnGen.Benchmarks.Peers;

namespace RnnGen.Benchmarks.Benchmarks;

/// <summary>One step of one stream, with a head of one output: generated, and by each peer.</summary>
public class Step
{
    private readonly float[] _output = new float[1];
    private float[] _input = [];
    private Subject? _subject;
    private Subject.StepCode? _step;
    private PeerCode? _peer;

    public static IEnumerable<string> Networks => NetworkLists.Steps.Select(entry => entry.Name);

    [ParamsSource(nameof(Networks))]
    public string Network { get; set; } = "";

    [GlobalSetup(Target = nameof(Generated))]
    public void Setup()
    {
        _subject = NetworkLists.Steps.First(entry => entry.Name == Network).Create();
        _input = Signals.Wave(_subject.InputSize);
        _step = _subject.Step;
    }

    [GlobalSetup(Target = nameof(TensorPrimitives))]
    public void SetupTensorPrimitives() => SetupPeer(PeerList.ByHand);

    [GlobalSetup(Target = nameof(OnnxRuntime))]
    public void SetupOnnxRuntime() => SetupPeer(PeerList.Onnx);

    [GlobalSetup(Target = nameof(TorchSharp))]
    public void SetupTorchSharp() => SetupPeer(PeerList.Torch);

    [Benchmark(Baseline = true)]
    public void Generated() => _step!(_input, _output);

    [Benchmark, BenchmarkCategory(PeerList.ByHand)]
    public void TensorPrimitives() => _peer!.Call(1);

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
        float[] expected = new float[1];
        _peer = peer.Step(_subject!.Weights, _input, _output);
        _step!(_input, expected);
        _peer.Call(1);
        Agreement.Require(peer, Network, expected, _output);
    }
}
