using RnnGen.Benchmarks.Peers;
using RnnGen.Samples.CharRnn;
using RnnGen.Training;
using TorchSharp;
using TorchSharp.Modules;

namespace RnnGen.Benchmarks.Learning.Characters;

/// <content>TorchSharp.</content>
internal static partial class CharacterPeer
{
    static partial void Create(ParameterCollection parameters, TrainerOptions options, ref CharacterLearner? peer)
    {
        TorchLibrary.Prepare();
        torch.set_num_threads(1);
        MallocSettings.KeepMemory();
        peer = new TorchLearner(parameters, options);
    }
}

/// <summary>Torch's own LSTM, linear layer, cross entropy, clipping and Adam, with one thread.</summary>
internal sealed class TorchLearner : CharacterLearner
{
    private readonly TrainerOptions _options;
    private readonly LSTM _lstm;
    private readonly Linear _head;
    private readonly TorchSharp.Modules.Parameter[] _parameters;
    private readonly torch.optim.Optimizer _adam;
    private readonly int _units;
    private long _updates;

    public TorchLearner(ParameterCollection parameters, TrainerOptions options)
        : base("TorchSharp")
    {
        _options = options;
        _units = parameters["lstm0.weight_hh"].Shape[1];
        _lstm = torch.nn.LSTM(Alphabet.Size, _units);
        _head = torch.nn.Linear(_units, Alphabet.Size);
        _parameters = [.. _lstm.parameters(), .. _head.parameters()];
        using var noGradient = torch.no_grad();
        foreach (var (own, given) in _parameters.Zip(parameters)) // in the same order: the LSTM's matrices, its biases, the head
        {
            using var values = torch.tensor(given.ToArray(), own.shape);
            own.copy_(values);
        }

        _adam = torch.optim.Adam(_parameters, options.Optimizer.LearningRate);
    }

    public override double Learn(CharacterBatch batch) => Pass(batch, loss =>
    {
        foreach (var group in _adam.ParamGroups)
            group.LearningRate = _options.Optimizer.LearningRate * _options.Schedule.Factor(_updates);
        _adam.zero_grad();
        loss.backward();
        torch.nn.utils.clip_grad_norm_(_parameters, _options.ClipNorm!.Value);
        _adam.step();
        _updates++;
    });

    public override double Evaluate(CharacterBatch batch)
    {
        using var inference = torch.inference_mode();
        return Pass(batch, _ => { });
    }

    public override void Dispose()
    {
        _adam.Dispose();
        _lstm.Dispose();
        _head.Dispose();
    }

    /// <summary>Chunk after chunk; the state is carried over, but no gradient.</summary>
    private double Pass(CharacterBatch batch, Action<torch.Tensor> after)
    {
        double sum = 0;
        var (hidden, cell) = (torch.zeros(1, batch.Sequences, _units), torch.zeros(1, batch.Sequences, _units));
        int every = _options.TruncateEvery!.Value;
        for (int start = 0; start < batch.Steps; start += every)
        {
            int steps = Math.Min(every, batch.Steps - start);
            using var scope = torch.NewDisposeScope();
            var x = torch.nn.functional.one_hot(Chunk(batch.Inputs), Alphabet.Size).to(torch.ScalarType.Float32);
            var (outputs, nextHidden, nextCell) = _lstm.call(x, (hidden, cell));
            var loss = torch.nn.functional.cross_entropy(_head.call(outputs).view(-1, Alphabet.Size), Chunk(batch.Targets).view(-1));
            after(loss);
            sum += (double)loss.ToSingle() * steps;
            hidden.Dispose();
            cell.Dispose();
            (hidden, cell) = (nextHidden.detach().MoveToOuterDisposeScope(), nextCell.detach().MoveToOuterDisposeScope());

            torch.Tensor Chunk(int[] values) => torch.tensor(
                values.AsSpan(start * batch.Sequences, steps * batch.Sequences).ToArray(), [steps, batch.Sequences], dtype: torch.ScalarType.Int64);
        }

        hidden.Dispose();
        cell.Dispose();
        return sum / batch.Steps;
    }
}
