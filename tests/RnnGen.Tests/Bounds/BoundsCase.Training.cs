using RnnGen.Runtime;
using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Bounds;

/// <content>Passes on a tape, and an update.</content>
internal sealed partial class BoundsCase<TNetwork, TState>
{
    private void Passes(TNetwork network, GuardedMemory memory, SequenceBatch batch, Action<string> say)
    {
        // As large as the batch and not larger, so that each region ends where it is last used.
        say("a tape's construction");
        using Tape<TNetwork> tape = TNetwork.CreateTape(steps, batchSize);
        _finalStateGradients.CopyTo(tape.FinalStateGradients);
        say("Forward");
        network.Forward(tape, batch);
        Forward("outputs of a tape", _expected!.Outputs, tape.Outputs);
        Forward("logits of a tape", _expected.Logits, tape.Logits);
        Forward("final states of a tape", _expected.FinalState, tape.FinalState);

        say("Backward");
        Span<float> outputGradients = memory.Copy<float>(_outputGradients);
        network.Backward(tape, outputGradients);
        Backward("inputs", _expected.InputGradients, tape.InputGradients);
        Backward("initial states", _expected.InitialStateGradients, tape.InitialStateGradients);
        foreach (Gradient gradient in tape.Gradients)
            Backward(gradient.Name, Learned(gradient.Name) ?? _expected.Gradients[gradient.Name], gradient.ToArray());

        say("Backward from logits");
        tape.ClearGradients();
        network.BackwardFromLogits(tape, outputGradients);
        say("Forward and Backward with dropout");
        tape.DropoutSeed = 1;
        network.Forward(tape, batch);
        network.Backward(tape, outputGradients);
    }

    /// <summary>The gradient of a learned state: the sum of the initial states' over the batch, which the reference leaves to its user.</summary>
    private double[]? Learned(string parameter)
    {
        int first = 0;
        foreach (StateLayout state in Layout.States)
        {
            if (state.LearnedOffset is not null && parameter == state.Name.Replace(".", ".initial_", StringComparison.Ordinal))
                return [.. Enumerable.Range(first, state.Size).Select(
                    unit => Enumerable.Range(0, batchSize).Sum(row => _expected!.InitialStateGradients[(row * TNetwork.StateSize) + unit]))];
            first += state.Size;
        }

        return null;
    }

    /// <summary>Updates by Adam give the same weights as in memory without guards.</summary>
    private void Training(GuardedMemory memory, SequenceBatch batch, Action<string> say)
    {
        say("an update");
        float[] targets = [.. _outputGradients.Select(Math.Abs)];
        float[] guarded = Updated(batch, memory.Copy<float>(targets));
        ArenaSource.Current = null;
        try
        {
            Numbers.AssertSameBits(Updated(_batch.Plain, targets), guarded);
        }
        finally
        {
            ArenaSource.Current = memory;
        }
    }

    private static float[] Updated(SequenceBatch batch, ReadOnlySpan<float> targets)
    {
        using TNetwork network = TNetwork.Create(Seed);
        using var trainer = new Trainer<TNetwork>(network, new TrainerOptions { Optimizer = new Adam(0.01f), ClipNorm = 1, Loss = Loss.MeanSquaredError });
        trainer.Update(batch, targets);
        trainer.Update(batch, targets);
        return network.Memory.PackedWeights.ToArray();
    }
}
