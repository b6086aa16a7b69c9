namespace RnnGen;

/// <content>Batches of tokens: one number of a symbol a step, for networks with one-hot input or an embedding.</content>
public sealed partial class SequenceBatch
{
    /// <summary>Tokens are below this: every number below it is exact as a float.</summary>
    internal const int TokenLimit = 1 << 24;

    /// <summary>Sequences of tokens of any lengths, padded to the longest and masked.</summary>
    /// <param name="tokens">At least one sequence, each a token a step: a number from 0 to less than 2²⁴.</param>
    /// <param name="padding">Where a shorter sequence's masked steps go.</param>
    /// <exception cref="ArgumentException">There is no sequence, or one is empty; the message names its index.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A token is out of range; the message names its step and sequence.</exception>
    public static SequenceBatch Pad(IReadOnlyList<int[]> tokens, Padding padding) =>
        PadChecked(FramesOf(tokens), features: 1, padding, areTokens: true, nameof(tokens));

    /// <summary>Tokens that already lie time-major; every step is real.</summary>
    /// <param name="tokens">[steps, batchSize], each from 0 to less than 2²⁴.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="batchSize">Sequences.</param>
    /// <exception cref="ArgumentException"><paramref name="tokens"/> has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or a token is out of range; the message names its step and sequence.</exception>
    public static SequenceBatch FromTimeMajor(ReadOnlySpan<int> tokens, int steps, int batchSize) =>
        AsTokens(FromTimeMajor(Floats(tokens, steps, batchSize), steps, batchSize, features: 1), tokens);

    /// <summary>Tokens that already lie time-major, with trailing padding.</summary>
    /// <param name="tokens">[steps, batchSize], each from 0 to less than 2²⁴; what lies at masked steps does not matter.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="batchSize">Sequences.</param>
    /// <param name="lengths">[batchSize]: each sequence's real steps, 1 to <paramref name="steps"/>.</param>
    /// <exception cref="ArgumentException">A span has another length, or a sequence has no step or more than there are; the message names it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or a token is out of range; the message names its step and sequence.</exception>
    public static SequenceBatch FromTimeMajor(ReadOnlySpan<int> tokens, int steps, int batchSize, ReadOnlySpan<int> lengths) =>
        AsTokens(FromTimeMajor(Floats(tokens, steps, batchSize), steps, batchSize, features: 1, lengths), tokens);

    /// <summary>Tokens that already lie time-major, with any mask: padding on either side, gaps.</summary>
    /// <param name="tokens">[steps, batchSize], each from 0 to less than 2²⁴; what lies at masked steps does not matter.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="batchSize">Sequences.</param>
    /// <param name="mask">[steps, batchSize]: 1 at a real step, 0 at a masked one.</param>
    /// <exception cref="ArgumentException">
    /// A span has another length, the mask holds something else than 0 and 1, or a sequence has no unmasked step; the message names it.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or a token is out of range; the message names its step and sequence.</exception>
    public static SequenceBatch FromTimeMajor(ReadOnlySpan<int> tokens, int steps, int batchSize, ReadOnlySpan<byte> mask) =>
        AsTokens(FromTimeMajor(Floats(tokens, steps, batchSize), steps, batchSize, features: 1, mask), tokens);

    /// <summary>Sequences of tokens as frames of one feature.</summary>
    internal static float[][] FramesOf(IReadOnlyList<int[]> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        float[][] frames = new float[tokens.Count][];
        for (int i = 0; i < frames.Length; i++)
        {
            if (tokens[i] is not { Length: > 0 } sequence)
            {
                string got = tokens[i] is null ? "null" : "empty";
                throw new ArgumentException($"tokens: expected at least one token, sequence {i} is {got}", nameof(tokens));
            }

            for (int step = 0; step < sequence.Length; step++)
                CheckToken(sequence[step], step, i);
            frames[i] = Floats(sequence);
        }

        return frames;
    }

    private static SequenceBatch AsTokens(SequenceBatch batch, ReadOnlySpan<int> tokens)
    {
        for (int row = 0; row < tokens.Length; row++)
        {
            if (batch._mask[row] != 0)
                CheckToken(tokens[row], row / batch.BatchSize, row % batch.BatchSize);
        }

        batch.AreTokens = true;
        return batch;
    }

    private static float[] Floats(ReadOnlySpan<int> tokens, int steps, int batchSize)
    {
        CheckSizes(tokens.Length, steps, batchSize, features: 1, nameof(tokens));
        return Floats(tokens);
    }

    private static float[] Floats(ReadOnlySpan<int> tokens)
    {
        float[] floats = new float[tokens.Length];
        for (int i = 0; i < floats.Length; i++)
            floats[i] = tokens[i];
        return floats;
    }

    private static void CheckToken(int token, int step, int sequence)
    {
        if ((uint)token >= TokenLimit)
        {
            string message = $"tokens: expected 0 to {TokenLimit - 1} at step {step} of sequence {sequence}, got {token}";
            throw new ArgumentOutOfRangeException("tokens", message);
        }
    }
}
