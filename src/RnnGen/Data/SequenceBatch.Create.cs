using RnnGen.Runtime;

namespace RnnGen;

/// <content>Factory methods.</content>
public sealed partial class SequenceBatch
{
    private const string PaddedValues = "values in a padded batch (steps × sequences × features)";

    /// <summary>Sequences of any lengths, padded to the longest and masked.</summary>
    /// <param name="sequences">At least one sequence, each [its steps × features].</param>
    /// <param name="features">Features per time step.</param>
    /// <param name="padding">Where a shorter sequence's masked steps go.</param>
    /// <exception cref="ArgumentException">
    /// There is no sequence, one is empty or not a whole number of steps (the message names its index), or the batch would be longer than an array can be
    /// (about 2³¹ values).
    /// </exception>
    public static SequenceBatch Pad(IReadOnlyList<float[]> sequences, int features, Padding padding)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        CheckPositive(features, nameof(features));
        return PadChecked(sequences, features, padding, isOneHot: false, nameof(sequences));
    }

    /// <summary>The same from checked features and, where they are classes, checked numbers.</summary>
    internal static SequenceBatch PadChecked(IReadOnlyList<float[]> sequences, int features, Padding padding, bool isOneHot, string argument)
    {
        if (sequences.Count == 0)
            throw new ArgumentException($"{argument}: expected at least one sequence, got none", argument);
        CheckPadding(padding);
        int batchSize = sequences.Count;
        int steps = 0;
        for (int i = 0; i < batchSize; i++)
            steps = Math.Max(steps, StepsOf(sequences[i], i, features));

        float[] data = new float[Guard.Elements(argument, PaddedValues, steps, batchSize, features)];
        byte[] mask = new byte[steps * batchSize];
        for (int i = 0; i < batchSize; i++)
        {
            float[] sequence = sequences[i];
            int length = sequence.Length / features;
            int first = padding == Padding.Leading ? steps - length : 0;
            for (int step = 0; step < length; step++)
            {
                int row = (first + step) * batchSize + i;
                sequence.AsSpan(step * features, features).CopyTo(data.AsSpan(row * features));
                mask[row] = 1;
            }
        }

        return new SequenceBatch(data, mask, steps, batchSize, features, isOneHot);
    }

    /// <summary>Frames that already lie time-major; every step is real.</summary>
    /// <param name="data">[steps, batchSize, features].</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="batchSize">Sequences.</param>
    /// <param name="features">Features per time step.</param>
    /// <exception cref="ArgumentException"><paramref name="data"/> has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public static SequenceBatch FromTimeMajor(ReadOnlySpan<float> data, int steps, int batchSize, int features)
    {
        CheckSizes(data.Length, steps, batchSize, features);
        return new SequenceBatch(data.ToArray(), AllReal(steps * batchSize), steps, batchSize, features);
    }

    /// <summary>Frames that already lie time-major, with trailing padding.</summary>
    /// <param name="data">[steps, batchSize, features].</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="batchSize">Sequences.</param>
    /// <param name="features">Features per time step.</param>
    /// <param name="lengths">[batchSize]: each sequence's real steps, 1 to <paramref name="steps"/>.</param>
    /// <exception cref="ArgumentException">A span has another length, or a sequence has no step or more than there are; the message names it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public static SequenceBatch FromTimeMajor(ReadOnlySpan<float> data, int steps, int batchSize, int features, ReadOnlySpan<int> lengths)
    {
        CheckSizes(data.Length, steps, batchSize, features);
        return Masked(data, MaskOf(lengths, steps, batchSize), steps, batchSize, features);
    }

    /// <summary>Frames that already lie time-major, with any mask: padding on either side, gaps.</summary>
    /// <param name="data">[steps, batchSize, features].</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="batchSize">Sequences.</param>
    /// <param name="features">Features per time step.</param>
    /// <param name="mask">[steps, batchSize]: 1 at a real step, 0 at a masked one.</param>
    /// <exception cref="ArgumentException">
    /// A span has another length, the mask holds something other than 0 and 1, or a sequence has no unmasked step; the message names it.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public static SequenceBatch FromTimeMajor(ReadOnlySpan<float> data, int steps, int batchSize, int features, ReadOnlySpan<float> mask) =>
        FromMask<float, FloatMask>(data, steps, batchSize, features, mask);

    /// <inheritdoc cref="FromTimeMajor(ReadOnlySpan{float}, int, int, int, ReadOnlySpan{float})"/>
    public static SequenceBatch FromTimeMajor(ReadOnlySpan<float> data, int steps, int batchSize, int features, ReadOnlySpan<byte> mask) =>
        FromMask<byte, ByteMask>(data, steps, batchSize, features, mask);

    /// <summary>Frames that already lie time-major, with any mask: padding on either side, gaps.</summary>
    /// <param name="data">[steps, batchSize, features].</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="batchSize">Sequences.</param>
    /// <param name="features">Features per time step.</param>
    /// <param name="mask">[steps, batchSize]: true at a real step, false at a masked one.</param>
    /// <exception cref="ArgumentException">A span has another length, or a sequence has no unmasked step; the message names it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public static SequenceBatch FromTimeMajor(ReadOnlySpan<float> data, int steps, int batchSize, int features, ReadOnlySpan<bool> mask) =>
        FromMask<bool, BoolMask>(data, steps, batchSize, features, mask);

    private static byte[] AllReal(int rows)
    {
        byte[] mask = new byte[rows];
        Array.Fill(mask, (byte)1);
        return mask;
    }

    private static byte[] MaskOf(ReadOnlySpan<int> lengths, int steps, int batchSize)
    {
        if (lengths.Length != batchSize)
            throw new ArgumentException($"lengths: expected {batchSize} values (batchSize), got {lengths.Length}", nameof(lengths));
        byte[] mask = new byte[steps * batchSize];
        for (int sequence = 0; sequence < batchSize; sequence++)
        {
            int length = lengths[sequence];
            if (length < 1 || length > steps)
                throw new ArgumentException($"lengths: expected 1 to {steps} (steps) for sequence {sequence}, got {length}", nameof(lengths));
            for (int step = 0; step < length; step++)
                mask[step * batchSize + sequence] = 1;
        }

        return mask;
    }

    private static SequenceBatch FromMask<T, TRule>(ReadOnlySpan<float> data, int steps, int batchSize, int features, ReadOnlySpan<T> mask)
        where TRule : struct, IMaskRule<T>
    {
        CheckSizes(data.Length, steps, batchSize, features);
        if (mask.Length != steps * batchSize)
            throw new ArgumentException($"mask: expected {steps * batchSize} values (steps × batchSize), got {mask.Length}", nameof(mask));
        byte[] bytes = new byte[mask.Length];
        for (int row = 0; row < bytes.Length; row++)
        {
            int value = TRule.Read(mask[row]);
            if (value < 0)
            {
                string place = $"at step {row / batchSize} of sequence {row % batchSize}";
                throw new ArgumentException($"mask: expected 0 or 1 {place}, got {mask[row]}", nameof(mask));
            }

            bytes[row] = (byte)value;
        }

        SequenceBatch batch = Masked(data, bytes, steps, batchSize, features);
        int empty = batch.LastSteps.IndexOf(-1);
        if (empty >= 0)
            throw new ArgumentException($"mask: expected at least one unmasked step in every sequence, sequence {empty} has none", nameof(mask));
        return batch;
    }

    /// <summary>Copies the frames of real steps only: what lies at masked steps, be it NaN, must not reach any result.</summary>
    private static SequenceBatch Masked(ReadOnlySpan<float> data, byte[] mask, int steps, int batchSize, int features)
    {
        float[] copy = data.ToArray();
        for (int row = 0; row < mask.Length; row++)
        {
            if (mask[row] == 0)
                copy.AsSpan(row * features, features).Clear();
        }

        return new SequenceBatch(copy, mask, steps, batchSize, features);
    }

    /// <summary>The steps of a sequence of a list, which it must have.</summary>
    internal static int StepsOf(float[]? sequence, int index, int features)
    {
        if (sequence is null)
            throw new ArgumentException($"sequences: sequence {index} is null", "sequences");
        if (sequence.Length == 0)
            throw new ArgumentException($"sequences: expected at least one time step, sequence {index} is empty", "sequences");
        if (sequence.Length % features != 0)
            throw new ArgumentException($"sequences: expected a multiple of {features} values (features), sequence {index} has {sequence.Length}", "sequences");
        return sequence.Length / features;
    }

    internal static void CheckPadding(Padding padding)
    {
        if (padding is not (Padding.Trailing or Padding.Leading))
            throw new ArgumentOutOfRangeException(nameof(padding), $"padding: expected Trailing or Leading, got {padding}");
    }

    private static void CheckSizes(int length, int steps, int batchSize, int features, string argument = "data")
    {
        CheckPositive(steps, nameof(steps));
        CheckPositive(batchSize, nameof(batchSize));
        CheckPositive(features, nameof(features));
        Int128 expected = (Int128)steps * batchSize * features;
        if (length != expected)
        {
            string sizes = $"(steps × batchSize × features: {steps} × {batchSize} × {features})";
            throw new ArgumentException($"{argument}: expected {expected} values {sizes}, got {length}", argument);
        }
    }

    private static void CheckPositive(int value, string argument)
    {
        if (value <= 0)
            throw new ArgumentOutOfRangeException(argument, $"{argument}: expected a positive number, got {value}");
    }

    /// <summary>A mask value as 0 or 1, or −1 when it is neither.</summary>
    private interface IMaskRule<T>
    {
        static abstract int Read(T value);
    }

    private readonly struct FloatMask : IMaskRule<float>
    {
        public static int Read(float value) => value == 1 ? 1 : value == 0 ? 0 : -1;
    }

    private readonly struct ByteMask : IMaskRule<byte>
    {
        public static int Read(byte value) => value <= 1 ? value : -1;
    }

    private readonly struct BoolMask : IMaskRule<bool>
    {
        public static int Read(bool value) => value ? 1 : 0;
    }
}
