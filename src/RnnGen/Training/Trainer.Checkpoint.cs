namespace RnnGen;

/// <content>Checkpoints: training that ends with its process and goes on in another.</content>
public sealed partial class Trainer<TNetwork>
{
    private FitPosition? _position; // where Fit stands while it runs, or is to go on

    /// <summary>
    /// Writes all that training needs to go on into one file: weights, what the optimiser remembers, the number of updates (on which the schedule depends),
    /// random state; and within <see cref="Fit"/> (from its progress) the place in the data, the history, and the best epoch with its weights.
    /// </summary>
    /// <remarks>
    /// A crash leaves the old file or the new one; links, owners, permissions and read-only files are treated as by <see cref="INetwork{TSelf}.Save(string)"/>,
    /// but devices and pipes are refused: a checkpoint is there to be read again. <see cref="CheckpointOptions"/> lets <see cref="Fit"/> do this by itself.
    /// </remarks>
    /// <param name="path">Where to. The folder must exist.</param>
    /// <exception cref="ArithmeticException">
    /// A weight is not finite: such training cannot go on, and the file is left as it was. The message names the tensor.
    /// </exception>
    /// <exception cref="InvalidOperationException">The history of epochs is so long (more than a million) that no reader would take it.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">Writing failed, or it is a device or a pipe; what was at <paramref name="path"/> is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">It is a folder, or its folder may not be written.</exception>
    public void SaveCheckpoint(string path) => SaveCheckpoint(path, _position);

    /// <summary>
    /// Goes back to where <see cref="SaveCheckpoint(string)"/> was called: what follows has the same bits. If that was within <see cref="Fit"/>, the next
    /// <see cref="Fit"/> goes on from there; it must get the same sets.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FormatException">The file is damaged or no checkpoint; the message names what is wrong. Nothing has changed.</exception>
    /// <exception cref="ArgumentException">
    /// The file is of another network (of another class, or of other layers or options, dropout included: the bits would be others), or of other
    /// <see cref="TrainerOptions"/>; the message names them. Nothing has changed.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="UnauthorizedAccessException">It is a folder, or may not be read.</exception>
    /// <exception cref="IOException">It cannot be read, or is a device or a pipe.</exception>
    public void LoadCheckpoint(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Restore(ReadCheckpoint(path));
    }

    private void SaveCheckpoint(string path, FitPosition? position)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ReadOnlySpan<float> weights = Network.Memory.WeightsToRead;
        ulong random = position is { Batch: > 0 } ? position.EpochRandom : _random.State;
        var checkpoint = new Checkpoint(weights.ToArray(), _optimizer.First.ToArray(), _optimizer.Second.ToArray(), Updates, random, position);
        CheckpointFile.Write(path, _layout, Options, checkpoint);
    }

    private Checkpoint ReadCheckpoint(string path) => CheckpointFile.Read(path, _layout, Options);

    private void Restore(Checkpoint checkpoint)
    {
        checkpoint.Weights.CopyTo(Network.Memory.PackedWeights);
        _optimizer.Restore(checkpoint.Updates, checkpoint.First, checkpoint.Second);
        _random.State = checkpoint.Random;
        _position = checkpoint.Position;
    }

    /// <summary>Where <c>Fit</c> begins: where a checkpoint stood, or at the start.</summary>
    private FitPosition Begin(TrainingSet training, TrainingSet? validation, CheckpointOptions? options)
    {
        if (options is not null)
        {
            Runtime.AtomicFile.DeleteLeftovers(options.Path);
            if (Runtime.NamedFile.IsFile(options.Path))
            {
                Checkpoint checkpoint = ReadCheckpoint(options.Path);
                if (checkpoint.Position is null)
                    throw new ArgumentException($"{options.Path}: expected a checkpoint of Fit, got one that was made outside of it", nameof(options));
                checkpoint.Position.Sets.Check(training, validation);
                Restore(checkpoint);
            }
        }

        _position?.Sets.Check(training, validation);
        return _position ??= new FitPosition(new Lazy<FitSets>(() => FitSets.Of(training, validation)))
        {
            BestWeights = Options.Patience is null ? null : new float[_layout.WeightsLength],
        };
    }
}
