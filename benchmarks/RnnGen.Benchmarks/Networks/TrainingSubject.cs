using RnnGen.Training;

namespace RnnGen.Benchmarks.Networks;

/// <summary>The training of a generated network on one batch, mean squared error, Adam.</summary>
internal abstract class TrainingSubject : IDisposable
{
    /// <summary>A wrong gradient is seen in the losses of a few updates, and thousands of updates leave the weights tame.</summary>
    public const float LearningRate = 1e-4f;

    /// <summary>What it is trained on, time-major.</summary>
    public abstract float[] Input { get; }

    /// <summary>What it is to answer, time-major.</summary>
    public abstract float[] Targets { get; }

    public abstract void Forward();

    public abstract void ForwardAndBackward();

    /// <summary>A whole update; gives the loss before it.</summary>
    public abstract float Update();

    public abstract void Dispose();
}

/// <inheritdoc/>
internal sealed class TrainingSubject<TNetwork> : TrainingSubject
    where TNetwork : class, INetwork<TNetwork>
{
    private readonly TNetwork _network;
    private readonly Tape<TNetwork> _tape;
    private readonly Trainer<TNetwork> _trainer;
    private readonly SequenceBatch _batch;

    public TrainingSubject(TNetwork network, int steps, int batchSize, int threads)
    {
        _network = network;
        _tape = TNetwork.CreateTape(steps, batchSize);
        _tape.Threads = threads;
        _tape.ComputesInputGradients = false; // As a trainer does.
        _trainer = new Trainer<TNetwork>(
            network,
            new TrainerOptions
            {
                Optimizer = new Adam(LearningRate), Loss = Loss.MeanSquaredError, BatchSize = batchSize, MaxSteps = steps, Threads = threads,
            });
        Input = Signals.Wave(steps * batchSize * TNetwork.InputSize);
        Targets = Signals.Wave(steps * batchSize);
        _batch = SequenceBatch.FromTimeMajor(Input, steps, batchSize, TNetwork.InputSize);
    }

    public override float[] Input { get; }

    public override float[] Targets { get; }

    public override void Forward() => _network.Forward(_tape, _batch);

    public override void ForwardAndBackward()
    {
        _network.Forward(_tape, _batch);
        _tape.ClearGradients();
        _network.BackwardFromLogits(_tape, Targets);
    }

    public override float Update() => _trainer.Update(_batch, Targets);

    public override void Dispose()
    {
        _trainer.Dispose();
        _tape.Dispose();
    }
}
