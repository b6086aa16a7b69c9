using TorchSharp;

namespace RnnGen.Benchmarks.Peers;

/// <summary>Whole sequences by Torch's own modules.</summary>
internal sealed class TorchRun : PeerCode
{
    private readonly (torch.nn.Module Module, Func<torch.Tensor, torch.Tensor> Call) _layer;
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> _head;
    private readonly torch.Tensor _x;
    private readonly float[] _output;

    public TorchRun(CellWeights weights, BatchShape shape, float[] input, float[] output)
    {
        (_layer, _head, _output) = (TorchModules.Layer(weights), TorchModules.Head(weights), output);
        _x = TorchModules.Over(input, shape.Steps, shape.Batch, weights.Input);
    }

    public override void Call(int calls)
    {
        using var inference = torch.inference_mode();
        for (; calls > 0; calls--)
        {
            using var scope = torch.NewDisposeScope();
            _head.call(_layer.Call(_x)).data<float>().CopyTo(_output);
        }
    }

    public override void Dispose()
    {
        _layer.Module.Dispose();
        _head.Dispose();
        _x.Dispose();
    }
}
