using TorchSharp;

namespace RnnGen.Benchmarks.Peers;

/// <summary>A step of a GRU or an RNN by Torch's own cell.</summary>
internal sealed class TorchStep(CellWeights weights, float[] input, float[] output) : PeerCode
{
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor, torch.Tensor> _cell = weights.Kind == CellKind.Gru
        ? TorchModules.Filled(torch.nn.GRUCell(weights.Input, weights.Hidden), weights)
        : TorchModules.Filled(torch.nn.RNNCell(weights.Input, weights.Hidden), weights);

    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> _head = TorchModules.Head(weights);
    private readonly torch.Tensor _x = TorchModules.Over(input, 1, weights.Input);
    private torch.Tensor _h = torch.zeros(1, weights.Hidden);

    public override void Call(int calls)
    {
        using var inference = torch.inference_mode();
        for (; calls > 0; calls--)
        {
            var next = _cell.call(_x, _h);
            _h.Dispose();
            _h = next;
            using var y = _head.call(next);
            output[0] = y.ToSingle();
        }
    }

    public override void Dispose()
    {
        _cell.Dispose();
        _head.Dispose();
        _x.Dispose();
        _h.Dispose();
    }
}
