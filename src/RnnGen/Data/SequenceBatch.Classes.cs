namespace RnnGen;

/// <content>Batches of classes: one per step, for networks with one-hot input or an embedding.</content>
public sealed partial class SequenceBatch
{
    /// <summary>Classes are below this: every number below it is exact as a float.</summary>
    internal const int ClassLimit = 1 << 24;

    /// <summary>Sequences of classes of any lengths, padded to the longest and masked.</summary>
    /// <param name="classes">At least one sequence, one class per step, from 0 to less than 2²⁴.</param>
    /// <param name="padding">Where a shorter sequence's masked steps go.</param>
    /// <exception cref="ArgumentException">There is no sequence, or one is empty; the message names its index.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A class is out of range; the message names its step and sequence.</exception>
    public static SequenceBatch Pad(IReadOnlyList<int[]> classes, Padding padding) =>
        PadChecked(FramesOf(classes), features: 1, padding, isOneHot: true, nameof(classes));

    /// <summary>Classes that already lie time-major; every step is real.</summary>
    /// <param name="classes">[steps, batchSize], each from 0 to less than 2²⁴.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="batchSize">Sequences.</param>
    /// <exception cref="ArgumentException"><paramref name="classes"/> has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or a class is out of range; the message names its step and sequence.</exception>
    public static SequenceBatch FromTimeMajor(ReadOnlySpan<int> classes, int steps, int batchSize) =>
        AsClasses(FromTimeMajor(Floats(classes, steps, batchSize), steps, batchSize, features: 1), classes);

    /// <summary>Classes that already lie time-major, with trailing padding.</summary>
    /// <param name="classes">[steps, batchSize], each from 0 to less than 2²⁴; values at masked steps are ignored.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="batchSize">Sequences.</param>
    /// <param name="lengths">[batchSize]: each sequence's real steps, 1 to <paramref name="steps"/>.</param>
    /// <exception cref="ArgumentException">A span has another length, or a sequence has no step or more than there are; the message names it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or a class is out of range; the message names its step and sequence.</exception>
    public static SequenceBatch FromTimeMajor(ReadOnlySpan<int> classes, int steps, int batchSize, ReadOnlySpan<int> lengths) =>
        AsClasses(FromTimeMajor(Floats(classes, steps, batchSize), steps, batchSize, features: 1, lengths), classes);

    /// <summary>Classes that already lie time-major, with any mask: padding on either side, gaps.</summary>
    /// <param name="classes">[steps, batchSize], each from 0 to less than 2²⁴; values at masked steps are ignored.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="batchSize">Sequences.</param>
    /// <param name="mask">[steps, batchSize]: 1 at a real step, 0 at a masked one.</param>
    /// <exception cref="ArgumentException">
    /// A span has another length, the mask holds something other than 0 and 1, or a sequence has no unmasked step; the message names it.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or a class is out of range; the message names its step and sequence.</exception>
    public static SequenceBatch FromTimeMajor(ReadOnlySpan<int> classes, int steps, int batchSize, ReadOnlySpan<byte> mask) =>
        AsClasses(FromTimeMajor(Floats(classes, steps, batchSize), steps, batchSize, features: 1, mask), classes);

    /// <summary>Sequences of classes as frames of one feature.</summary>
    internal static float[][] FramesOf(IReadOnlyList<int[]> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        float[][] frames = new float[classes.Count][];
        for (int i = 0; i < frames.Length; i++)
        {
            if (classes[i] is not { Length: > 0 } sequence)
            {
                string got = classes[i] is null ? "null" : "empty";
                throw new ArgumentException($"classes: expected at least one class, sequence {i} is {got}", nameof(classes));
            }

            for (int step = 0; step < sequence.Length; step++)
                CheckClass(sequence[step], step, i);
            frames[i] = Floats(sequence);
        }

        return frames;
    }

    private static SequenceBatch AsClasses(SequenceBatch batch, ReadOnlySpan<int> classes)
    {
        for (int row = 0; row < classes.Length; row++)
        {
            if (batch._mask[row] != 0)
                CheckClass(classes[row], row / batch.BatchSize, row % batch.BatchSize);
        }

        batch.IsOneHot = true;
        return batch;
    }

    private static float[] Floats(ReadOnlySpan<int> classes, int steps, int batchSize)
    {
        CheckSizes(classes.Length, steps, batchSize, features: 1, nameof(classes));
        return Floats(classes);
    }

    private static float[] Floats(ReadOnlySpan<int> classes)
    {
        float[] floats = new float[classes.Length];
        for (int i = 0; i < floats.Length; i++)
            floats[i] = classes[i];
        return floats;
    }

    private static void CheckClass(int value, int step, int sequence)
    {
        if ((uint)value >= ClassLimit)
        {
            string message = $"classes: expected 0 to {ClassLimit - 1} at step {step} of sequence {sequence}, got {value}";
            throw new ArgumentOutOfRangeException("classes", message);
        }
    }
}
