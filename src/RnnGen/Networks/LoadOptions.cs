namespace RnnGen;

/// <summary>How a network takes weights from a file.</summary>
public sealed class LoadOptions
{
    /// <summary>
    /// Whether to take the weights of a network that computes something else, as long as names and shapes are the same: of a tanh layer into a ReLU layer,
    /// say. False by default: such a file is a <see cref="FormatException"/>. A file that does not say what its network computes (another program wrote it, or
    /// an earlier RnnGen) is taken either way.
    /// </summary>
    public bool IgnoreArchitecture { get; init; }
}
