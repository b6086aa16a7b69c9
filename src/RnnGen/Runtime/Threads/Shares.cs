namespace RnnGen.Runtime;

/// <summary>How sequences are split across threads.</summary>
internal static class Shares
{
    /// <summary>
    /// Sequences of a share are a multiple of these, which is what most kernels process at once: others would leave rows over in every share. Fewer are not worth a
    /// second thread.
    /// </summary>
    public const int Unit = 4;

    /// <summary>The first sequence of a share and the one after its last.</summary>
    /// <param name="sequences">All sequences.</param>
    /// <param name="share">Which share.</param>
    /// <param name="count">How many shares there are.</param>
    public static (int First, int End) Of(int sequences, int share, int count)
    {
        int units = (sequences + Unit - 1) / Unit;
        return (Math.Min(sequences, units * share / count * Unit), Math.Min(sequences, units * (share + 1) / count * Unit));
    }

    /// <summary>The most threads of a network or tape; beyond, a number is a mistake.</summary>
    public const int MaxThreads = 1024;

    /// <summary>Checks a number of threads.</summary>
    /// <param name="value">The number.</param>
    /// <param name="option">The option's name.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not 1 to <see cref="MaxThreads"/>.</exception>
    public static int CheckThreads(int value, string option) => value is >= 1 and <= MaxThreads
        ? value
        : throw new ArgumentOutOfRangeException(option, $"{option}: expected 1 to {MaxThreads}, got {value}");
}
