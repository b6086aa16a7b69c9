namespace RnnGen.Benchmarks.Peers;

/// <summary>Code by hand on <c>TensorPrimitives</c>: steps only.</summary>
internal sealed class TensorPeer() : Peer(PeerList.ByHand, PeerTasks.Step)
{
    public override PeerCode Step(CellWeights weights, float[] input, float[] output) => new Code(TensorCell.Of(weights), input, output);

    private sealed class Code(TensorCell cell, float[] input, float[] output) : PeerCode
    {
        public override void Call(int calls)
        {
            for (; calls > 0; calls--)
                cell.Step(input, output);
        }
    }
}
