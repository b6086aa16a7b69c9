namespace RnnGen.Training;

/// <content>Checkpoints: training that continues in another process.</content>
public sealed partial class Trainer<TNetwork>
{
    private FitPosition? _position; // where Fit stands while it runs, or is to go on: it was cancelled, or a checkpoint of it was loaded

    /// <summary>
    /// Writes everything that training needs to continue into one file: weights, optimiser state, the number of updates (on which the schedule depends),
    /// random state; and within <see cref="Fit"/> (from its progress), or after a <see cref="Fit"/> that was cancelled, the place in the data, the history, and
    /// the best epoch with its weights.
    /// </summary>
    /// <remarks>
    /// A crash leaves the old file or the new one; links, owners, permissions and read-only files are treated as by <see cref="INetwork{TSelf}.Save(string)"/>,
    /// but devices and pipes are refused: a checkpoint must be readable again. <see cref="CheckpointOptions"/> lets <see cref="Fit"/> do this by itself.
    /// </remarks>
    /// <param name="path">Where to. The folder must exist.</param>
    /// <exception cref="ArithmeticException">
    /// A weight is not finite: such training cannot continue, and the file is left as it was. The message names the tensor.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The history has more than a million epochs, which no reader accepts; or it is called from within a loss or an optimiser.
    /// </exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IOException">Writing failed, or it is a device or a pipe; what was at <paramref name="path"/> is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">It is a folder, or its folder may not be written.</exception>
    /// <exception cref="ObjectDisposedException">The trainer or the network has been disposed of.</exception>
    public void SaveCheckpoint(string path) => SaveCheckpoint(path, _position);

    /// <summary>
    /// Goes back to where <see cref="SaveCheckpoint(string)"/> was called: what follows has the same bits. If that was within <see cref="Fit"/>, the next
    /// <see cref="Fit"/> continues from there; it must get the same sets. <see cref="AbandonFit"/> starts from the beginning instead.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FormatException">The file is damaged or not a checkpoint; the message names what is wrong. Nothing has changed.</exception>
    /// <exception cref="ArgumentException">
    /// The file is of another network (of another class, or of other layers or options, dropout included, because the bits would differ), or of other
    /// <see cref="TrainerOptions"/>; the message names them. Nothing has changed.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="UnauthorizedAccessException">It is a folder, or may not be read.</exception>
    /// <exception cref="IOException">It cannot be read, or is a device or a pipe.</exception>
    /// <exception cref="InvalidOperationException">It is called from within <see cref="Fit"/>, a loss or an optimiser.</exception>
    /// <exception cref="ObjectDisposedException">The trainer or the network has been disposed of.</exception>
    public void LoadCheckpoint(string path)
    {
        ThrowIfDisposed();
        ArgumentException.ThrowIfNullOrEmpty(path);
        ThrowIfFitting(nameof(LoadCheckpoint));
        Restore(ReadCheckpoint(path));
    }

    /// <summary>
    /// Forgets the place in the data where a cancelled <see cref="Fit"/>, or the checkpoint that was loaded, stood: the next <see cref="Fit"/> begins with its
    /// first epoch and may get other sets. Weights, optimiser state and the number of updates stay. Without such a place it does nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is called from within <see cref="Fit"/>.</exception>
    /// <exception cref="ObjectDisposedException">The trainer has been disposed of.</exception>
    public void AbandonFit()
    {
        ThrowIfDisposed();
        ThrowIfFitting(nameof(AbandonFit));
        _position = null;
    }

    private void SaveCheckpoint(string path, FitPosition? position)
    {
        ThrowIfDisposed();
        ArgumentException.ThrowIfNullOrEmpty(path);
        Enter();
        try
        {
            ulong random = position?.Random(_random.State) ?? _random.State;
            float[] weights = Network.Memory.WeightsToRead.ToArray();
            CheckpointFile.Write(path, _layout, Options, new Checkpoint(weights, _optimizer.CopySlots(), Updates, random, position));
        }
        finally
        {
            Leave();
        }
    }

    private Checkpoint ReadCheckpoint(string path) => CheckpointFile.Read(path, _layout, Options);

    private void Restore(Checkpoint checkpoint)
    {
        Enter();
        try
        {
            checkpoint.Weights.CopyTo(Network.Memory.PackedWeights);
            _optimizer.Restore(checkpoint.Updates, checkpoint.Slots);
            _random.State = checkpoint.Random;
            _position = checkpoint.Position;
        }
        finally
        {
            Leave();
        }
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
