using TorchSharp;

namespace RnnGen.Benchmarks.Peers;

/// <summary>Whole updates by Torch's own modules, loss and Adam.</summary>
internal sealed class TorchUpdate : PeerCode
{
    private readonly (torch.nn.Module Module, Func<torch.Tensor, torch.Tensor> Call) _layer;
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> _head;
    private readonly torch.Tensor _x;
    private readonly torch.Tensor _targets;
    private readonly torch.optim.Optimizer _adam;
    private readonly float[] _loss;

    public TorchUpdate(CellWeights weights, BatchShape shape, float[] input, float[] targets, float learningRate, float[] loss)
    {
        (_layer, _head, _loss) = (TorchModules.Layer(weights), TorchModules.Head(weights), loss);
        _x = TorchModules.Over(input, shape.Steps, shape.Batch, weights.Input);
        _targets = TorchModules.Over(targets, shape.Steps, shape.Batch, 1);
        _adam = torch.optim.Adam([.. _layer.Module.parameters(), .. _head.parameters()], learningRate);
    }

    public override void Call(int calls)
    {
        for (; calls > 0; calls--)
        {
            using var scope = torch.NewDisposeScope();
            _adam.zero_grad();
            var loss = torch.nn.functional.mse_loss(_head.call(_layer.Call(_x)), _targets);
            loss.backward();
            _adam.step();
            _loss[0] = loss.ToSingle();
        }
    }

    public override void Dispose()
    {
        _adam.Dispose();
        _layer.Module.Dispose();
        _head.Dispose();
        _x.Dispose();
        _targets.Dispose();
    }
}
