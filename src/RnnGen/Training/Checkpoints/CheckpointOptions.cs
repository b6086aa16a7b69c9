namespace RnnGen.Training;

/// <summary>
/// Where and how often <see cref="Trainer{TNetwork}.Fit"/> keeps all that it needs to go on after its process has ended, in one file that is replaced
/// atomically.
/// </summary>
/// <remarks>
/// A program that is started again makes the same trainer and calls <c>Fit</c> with the same sets and the same path: it continues from the file and ends with
/// the same bits as if it had never stopped. A file of a network of other layers or options is refused. Each call of <c>Fit</c> in a program needs a path of
/// its own. The file stays at the end; delete it to begin anew. A <c>Fit</c> that is cancelled by its token leaves the place in it where it ended; after any
/// other exception it holds what it held.
/// </remarks>
public sealed class CheckpointOptions
{
    /// <summary>Describes where and how often.</summary>
    /// <param name="path">The file. Its folder must exist.</param>
    /// <param name="every">
    /// Updates between two checkpoints, at least 1. They are made between mini-batches, and one at the end. What comes after the last one is done again.
    /// </param>
    /// <exception cref="ArgumentException">A path that is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="every"/> is not positive.</exception>
    public CheckpointOptions(string path, long every)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (every < 1)
            throw new ArgumentOutOfRangeException(nameof(every), $"every: expected at least 1 update, got {every}");
        Path = path;
        Every = every;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Updates between two checkpoints.</summary>
    public long Every { get; }
}
