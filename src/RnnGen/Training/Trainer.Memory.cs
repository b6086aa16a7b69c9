using RnnGen.Runtime;

namespace RnnGen.Training;

/// <content>
/// The memory of passes. It is as much as the largest batch so far needs, its steps times its sequences: what an earlier batch was like never keeps a trainer
/// from taking one that a new trainer takes.
/// </content>
public sealed partial class Trainer<TNetwork>
{
    private Tape<TNetwork>? _tape;
    private float[] _lossGradients = [];

    /// <summary>The floats that the tape and the gradient of the loss hold.</summary>
    internal long HeldMemory => (_tape?.Capacity ?? 0) + _lossGradients.Length;

    /// <summary>The tape, laid out for a batch at least.</summary>
    /// <param name="steps">Its steps.</param>
    /// <param name="batchSize">Its sequences.</param>
    /// <param name="argument">The argument that it comes from.</param>
    /// <param name="sizes">What messages call its sizes.</param>
    private Tape<TNetwork> Reserve(int steps, int batchSize, string argument, string sizes)
    {
        Tape<TNetwork>? tape = _tape; // Dispose may take it away meanwhile.
        if (tape is null || tape.MaxSteps < steps || tape.MaxBatchSize < batchSize)
        {
            tape = LayOut(tape, steps, batchSize, argument, sizes);
            int rows = _layout.ManyToOne ? tape.MaxBatchSize : tape.MaxSteps * tape.MaxBatchSize;
            Buffer(ref _lossGradients, rows * _layout.OutputSize); // No product is more than the tape's own.
        }

        return tape;
    }

    /// <summary>The same for the largest batch of a set that is cut in a known way.</summary>
    private void Reserve(TrainingSet set, MiniBatches batches, string argument)
    {
        int steps = 0, batchSize = 1;
        for (int i = 0; i < batches.Count; i++)
        {
            int longest = 0;
            foreach (int sequence in batches[i])
                longest = Math.Max(longest, TapeSteps(set.Steps(sequence)));
            if ((long)longest * batches[i].Length > (long)steps * batchSize)
                (steps, batchSize) = (longest, batches[i].Length);
        }

        Reserve(steps, batchSize, argument, argument);
    }

    private Tape<TNetwork> LayOut(Tape<TNetwork>? tape, int steps, int batchSize, string argument, string sizes)
    {
        // One layout for both shapes, where the memory is enough, saves laying it out again when batches of the two take turns.
        if (tape is not null && (tape.TryReshape(Math.Max(steps, tape.MaxSteps), Math.Max(batchSize, tape.MaxBatchSize)) || tape.TryReshape(steps, batchSize)))
            return tape;

        // Gone before there is another: both need not fit into memory side by side.
        tape?.Dispose();
        tape = null;
        _tape = null;
        tape = new Tape<TNetwork>(steps, batchSize, argument, sizes) { ComputesInputGradients = false };
        try
        {
            tape.Threads = Options.Threads;
        }
        catch
        {
            tape.Dispose();
            throw;
        }

        Interlocked.Exchange(ref _tape, tape);
        if (_disposed)
        {
            Dispose();
            tape.Dispose();
            Guard.ThrowDisposed(Name);
        }

        return tape;
    }
}
