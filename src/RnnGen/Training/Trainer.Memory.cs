namespace RnnGen;

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
        if (_tape is null || _tape.MaxSteps < steps || _tape.BatchSize < batchSize)
        {
            LayOut(steps, batchSize, argument, sizes);
            int rows = _layout.ManyToOne ? _tape!.BatchSize : _tape!.MaxSteps * _tape.BatchSize;
            Room(ref _lossGradients, rows * _layout.OutputSize); // No product is more than the tape's own.
        }

        return _tape;
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

    private void LayOut(int steps, int batchSize, string argument, string sizes)
    {
        // One layout for both shapes, where the memory is enough, saves laying it out again when batches of the two take turns.
        if (_tape?.TryReshape(Math.Max(steps, _tape.MaxSteps), Math.Max(batchSize, _tape.BatchSize)) == true || _tape?.TryReshape(steps, batchSize) == true)
            return;

        // Gone before there is another: both need not fit into memory side by side.
        _tape?.Dispose();
        _tape = null;
        _tape = new Tape<TNetwork>(steps, batchSize, argument, sizes) { Threads = Options.Threads };
    }
}
