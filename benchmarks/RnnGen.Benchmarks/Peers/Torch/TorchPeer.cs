using TorchSharp;

namespace RnnGen.Benchmarks.Peers;

/// <summary>TorchSharp with its best settings: one thread, and malloc told to keep its memory.</summary>
internal sealed class TorchPeer : Peer
{
    public TorchPeer()
        : base(PeerList.Torch, PeerTasks.Step | PeerTasks.Run | PeerTasks.Update)
    {
        TorchLibrary.Prepare();
        torch.set_num_threads(1);
        torch.set_num_interop_threads(1);
        MallocSettings.KeepMemory();
    }

    public override PeerCode Step(CellWeights weights, float[] input, float[] output) => weights.Kind == CellKind.Lstm
        ? new TorchLstmStep(weights, input, output)
        : new TorchStep(weights, input, output);

    public override PeerCode Run(CellWeights weights, BatchShape shape, float[] input, float[] output) => new TorchRun(weights, shape, input, output);

    public override PeerCode Update(CellWeights weights, BatchShape shape, float[] input, float[] targets, float learningRate, float[] loss) =>
        new TorchUpdate(weights, shape, input, targets, learningRate, loss);
}

internal static partial class PeerList
{
    static partial void UseTorch(Dictionary<string, Func<Peer>> peers) => peers[Torch] = static () => new TorchPeer();
}
