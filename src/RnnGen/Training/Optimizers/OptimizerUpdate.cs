namespace RnnGen.Training;

/// <summary>One update, as an <see cref="Optimizer"/> is given it. All spans have a float per weight, in the same order.</summary>
public readonly ref struct OptimizerUpdate
{
    private readonly OptimizerState _state;

    internal OptimizerUpdate(OptimizerState state, Span<float> weights, ReadOnlySpan<float> gradients, long number, double learningRate)
    {
        _state = state;
        Weights = weights;
        Gradients = gradients;
        Number = number;
        LearningRate = learningRate;
    }

    /// <summary>The weights, to be changed.</summary>
    public Span<float> Weights { get; }

    /// <summary>
    /// The gradients of the loss, clipped as <see cref="TrainerOptions.ClipValue"/> and <see cref="TrainerOptions.ClipNorm"/> say; all are finite.
    /// </summary>
    public ReadOnlySpan<float> Gradients { get; }

    /// <summary>The update's number since the trainer was made, from 1; a checkpoint continues with the next one.</summary>
    public long Number { get; }

    /// <summary><see cref="Optimizer.LearningRate"/> times the schedule's factor.</summary>
    public double LearningRate { get; }

    /// <summary>What is remembered of each weight, to be read and changed; 0 before the first update.</summary>
    /// <param name="index">Which slot, from 0 to <see cref="Optimizer.Slots"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The optimiser has no such slot.</exception>
    public Span<float> Slot(int index) => _state.Slot(index);

    /// <summary>Applies a rule to every weight.</summary>
    internal void Apply<TRule>(TRule rule)
        where TRule : struct, IUpdateRule => _state.Apply(rule, Weights, Gradients);
}
