using Microsoft.ML.OnnxRuntime;

namespace RnnGen.Benchmarks.Peers;

/// <summary>ONNX Runtime in its fastest use: one thread, everything bound and allocated before the first call.</summary>
internal sealed class OnnxPeer : Peer
{
    public OnnxPeer()
        : base(PeerList.Onnx, PeerTasks.Step | PeerTasks.Run) => _ = OrtEnv.Instance(); // Loads the native library, or says now that there is none.

    public override PeerCode Step(CellWeights weights, float[] input, float[] output) =>
        new OnnxCode(weights, new BatchShape(1, 1), input, output, keepsState: true);

    public override PeerCode Run(CellWeights weights, BatchShape shape, float[] input, float[] output) =>
        new OnnxCode(weights, shape, input, output, keepsState: false);
}

internal static partial class PeerList
{
    static partial void UseOnnx(Dictionary<string, Func<Peer>> peers) => peers[Onnx] = static () => new OnnxPeer();
}
