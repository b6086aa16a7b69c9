using TorchSharp;
using TorchSharp.Modules;

namespace RnnGen.Benchmarks.Peers;

/// <summary>A step of an LSTM by Torch's own cell, whose state is a pair.</summary>
internal sealed class TorchLstmStep(CellWeights weights, float[] input, float[] output) : PeerCode
{
    private readonly LSTMCell _cell = TorchModules.Filled(torch.nn.LSTMCell(weights.Input, weights.Hidden), weights);
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> _head = TorchModules.Head(weights);
    private readonly torch.Tensor _x = TorchModules.Over(input, 1, weights.Input);
    private (torch.Tensor H, torch.Tensor C) _state = (torch.zeros(1, weights.Hidden), torch.zeros(1, weights.Hidden));

    public override void Call(int calls)
    {
        using var inference = torch.inference_mode();
        for (; calls > 0; calls--)
        {
            var next = _cell.call(_x, _state);
            _state.H.Dispose();
            _state.C.Dispose();
            _state = next;
            using var y = _head.call(next.Item1);
            output[0] = y.ToSingle();
        }
    }

    public override void Dispose()
    {
        _cell.Dispose();
        _head.Dispose();
        _x.Dispose();
        _state.H.Dispose();
        _state.C.Dispose();
    }
}
