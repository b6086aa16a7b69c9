using TorchSharp;

namespace RnnGen.Benchmarks.Peers;

/// <summary>Torch's modules, with the weights of a network.</summary>
internal static class TorchModules
{
    public static torch.nn.Module<torch.Tensor, torch.Tensor> Head(CellWeights weights)
    {
        var head = torch.nn.Linear(weights.Hidden, 1);
        return Filled(head, [weights.Head, weights.HeadBias]);
    }

    /// <summary>Sets the parameters, which Torch names and orders as the network does.</summary>
    public static TModule Filled<TModule>(TModule module, CellWeights weights)
        where TModule : torch.nn.Module => Filled(module, [weights.OfInput, weights.OfHidden, weights.InputBias, weights.HiddenBias]);

    private static TModule Filled<TModule>(TModule module, float[][] values)
        where TModule : torch.nn.Module
    {
        using var noGradient = torch.no_grad();
        foreach (var (parameter, value) in module.parameters().Zip(values))
        {
            using var tensor = torch.tensor(value, parameter.shape);
            parameter.copy_(tensor);
        }

        return module;
    }

    /// <summary>A whole sequence through the layer, from the state zero: [T, B, I] in, [T, B, hidden] out.</summary>
    public static (torch.nn.Module Module, Func<torch.Tensor, torch.Tensor> Call) Layer(CellWeights weights)
    {
        switch (weights.Kind)
        {
            case CellKind.Lstm:
                var lstm = Filled(torch.nn.LSTM(weights.Input, weights.Hidden), weights);
                return (lstm, x => lstm.call(x).Item1);
            case CellKind.Gru:
                var gru = Filled(torch.nn.GRU(weights.Input, weights.Hidden), weights);
                return (gru, x => gru.call(x).Item1);
            default:
                var rnn = Filled(torch.nn.RNN(weights.Input, weights.Hidden), weights);
                return (rnn, x => rnn.call(x).Item1);
        }
    }

    /// <summary>A tensor that reads the array itself.</summary>
    public static torch.Tensor Over(float[] values, params long[] shape) => torch.frombuffer(values, torch.ScalarType.Float32).reshape(shape);
}
