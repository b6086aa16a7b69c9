using RnnGen.Benchmarks.Peers;
using TorchSharp;

namespace RnnGen.Benchmarks.Cells.Peers;

/// <content>TorchSharp.</content>
internal abstract partial class SequencePeer
{
    static partial void Create(string cell, ParameterCollection parameters, float[] frames, long[] shape, ref SequencePeer? peer) =>
        peer = new TorchSequence(cell, parameters, frames, shape);
}

/// <summary>
/// LSTM and GRU by Torch's modules. A cell that Torch has not is what its user would write: the products of all steps at once, then a loop over the steps whose
/// operations are elementwise.
/// </summary>
internal sealed class TorchSequence : SequencePeer
{
    private static readonly bool Ready = Prepare();

    private readonly Dictionary<string, torch.Tensor> _weights;
    private readonly Func<torch.Tensor, torch.Tensor> _call;
    private readonly torch.Tensor _frames;
    private torch.Tensor? _outputs;
    private DisposeScope? _pass;

    public TorchSequence(string cell, ParameterCollection parameters, float[] frames, long[] shape)
    {
        _ = Ready;
        _weights = parameters.ToDictionary(parameter => parameter.Name.Split('.')[1], Tensor);
        _frames = torch.tensor(frames, shape).requires_grad_(true);
        _call = cell switch
        {
            "Lstm" => Module(torch.nn.LSTM(shape[2], parameters[1].Shape[1]), (lstm, x) => lstm.call(x).Item1),
            "Gru" => Module(torch.nn.GRU(shape[2], parameters[1].Shape[1]), (gru, x) => gru.call(x).Item1),
            "MinGru" => MinGru,
            "Sru" => Sru,
            "Qrnn" => Qrnn,
            _ => throw new ArgumentException($"There is no loop for {cell}.", nameof(cell)),
        };
    }

    public override void Forward()
    {
        _pass?.Dispose();
        _pass = torch.NewDisposeScope();
        _outputs = _call(_frames);
    }

    public override float[] Outputs() => _outputs!.contiguous().data<float>().ToArray();

    public override void Backward(float[] gradients)
    {
        foreach (var leaf in _weights.Values.Append(_frames))
            leaf.grad?.zero_();
        using var gradient = torch.tensor(gradients, _outputs!.shape);
        _outputs.backward([gradient]);
    }

    public override void Dispose()
    {
        _pass?.Dispose();
        foreach (var weight in _weights.Values)
            weight.Dispose();
        _frames.Dispose();
    }

    private static bool Prepare()
    {
        TorchLibrary.Prepare();
        torch.set_num_threads(1);
        MallocSettings.KeepMemory();
        return true;
    }

    private static torch.Tensor Tensor(Parameter parameter) => torch.tensor(parameter.ToArray(), [.. parameter.Shape.ToArray().Select(size => (long)size)]).requires_grad_(true);

    private static torch.Tensor Blend(torch.Tensor keep, torch.Tensor old, torch.Tensor fresh) => (keep * old) + ((1 - keep) * fresh);

    private Func<torch.Tensor, torch.Tensor> Module<TModule>(TModule module, Func<TModule, torch.Tensor, torch.Tensor> call)
        where TModule : torch.nn.Module
    {
        using var noGradient = torch.no_grad();
        foreach (var (parameter, value) in module.parameters().Zip(_weights.Values))
            parameter.copy_(value);
        return x => call(module, x);
    }

    private torch.Tensor[] Products(torch.Tensor x, int count)
    {
        var product = torch.nn.functional.linear(x, _weights["weight_ih"], _weights["bias_ih"] + _weights.GetValueOrDefault("bias_hh", torch.zeros(1)));
        return torch.chunk(product, count, 2);
    }

    private torch.Tensor MinGru(torch.Tensor x)
    {
        var products = Products(x, 2);
        var (z, n) = (torch.sigmoid(products[0]).unbind(), products[1].unbind());
        return Loop(z.Length, (step, h) => Blend(z[step], n[step], h));
    }

    private torch.Tensor Sru(torch.Tensor x)
    {
        var gates = Products(x, 2);
        var (f, r, v) = (gates[0].unbind(), gates[1].unbind(), torch.chunk(_weights["peephole"], 2));
        var (plain, frames) = (torch.nn.functional.linear(x, _weights["weight"]).unbind(), x.unbind());
        var outputs = new torch.Tensor[f.Length];
        Loop(f.Length, (step, c) =>
        {
            var next = Blend(torch.sigmoid(f[step] + (v[0] * c)), c, plain[step]);
            outputs[step] = Blend(torch.sigmoid(r[step] + (v[1] * c)), next, frames[step]);
            return next;
        });
        return torch.stack(outputs);
    }

    private torch.Tensor Qrnn(torch.Tensor x)
    {
        var gates = Products(x, 3);
        var (z, f) = (torch.tanh(gates[0]).unbind(), torch.sigmoid(gates[1]).unbind());
        return torch.sigmoid(gates[2]) * Loop(z.Length, (step, c) => Blend(f[step], c, z[step]));
    }

    private static torch.Tensor Loop(int steps, Func<int, torch.Tensor, torch.Tensor> next)
    {
        var states = new torch.Tensor[steps];
        var state = torch.zeros(1);
        for (int step = 0; step < steps; step++)
            states[step] = state = next(step, state);
        return torch.stack(states);
    }
}
