namespace RnnGen.Training;

/// <content>Factory methods.</content>
public sealed partial class TrainingSet
{
    /// <summary>A class for each sequence: classification, with many-to-one networks.</summary>
    /// <param name="sequences">Each [its steps × features].</param>
    /// <param name="features">Features per time step.</param>
    /// <param name="targets">A class for each sequence.</param>
    /// <param name="weights">How much each sequence counts, at least 0; null for 1.</param>
    /// <param name="padding">Where the masked steps of shorter sequences go in a mini-batch.</param>
    /// <exception cref="ArgumentException">
    /// There is no sequence, one is empty or ragged, or there is another number of targets or weights; the message names it.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite; the message names it.</exception>
    public static TrainingSet PerSequence(
        IReadOnlyList<float[]> sequences,
        int features,
        IReadOnlyList<int> targets,
        IReadOnlyList<float>? weights = null,
        Padding padding = Padding.Trailing)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return new TrainingSet(FramesOf(sequences, features, padding, weights is null ? null : RowsOf(weights)), perSequence: true, RowsOf(targets));
    }

    /// <summary>Values for each sequence, with many-to-one networks.</summary>
    /// <param name="sequences">Each [its steps × features].</param>
    /// <param name="features">Features per time step.</param>
    /// <param name="targets">Values for each sequence, the same number for each.</param>
    /// <param name="weights">How much each sequence counts, at least 0; null for 1.</param>
    /// <param name="padding">Where the masked steps of shorter sequences go in a mini-batch.</param>
    /// <exception cref="ArgumentException">
    /// There is no sequence, one is empty or ragged, or there is another number of targets, values or weights; the message names it.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite; the message names it.</exception>
    public static TrainingSet PerSequence(
        IReadOnlyList<float[]> sequences,
        int features,
        IReadOnlyList<float[]> targets,
        IReadOnlyList<float>? weights = null,
        Padding padding = Padding.Trailing)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return new TrainingSet(FramesOf(sequences, features, padding, weights is null ? null : RowsOf(weights)), perSequence: true, (float[][])[.. targets]);
    }

    /// <summary>A class for each step of each sequence: labelling and prediction, with many-to-many networks.</summary>
    /// <param name="sequences">Each [its steps × features].</param>
    /// <param name="features">Features per time step.</param>
    /// <param name="targets">For each sequence, a class per step.</param>
    /// <param name="weights">For each sequence, how much each step counts: 0 for not at all (a label mask), 1, or any weight above 0; null for 1.</param>
    /// <param name="padding">Where the masked steps of shorter sequences go in a mini-batch.</param>
    /// <exception cref="ArgumentException">
    /// There is no sequence, one is empty or ragged, or there is another number of targets or weights; the message names it.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite; the message names it.</exception>
    public static TrainingSet PerStep(
        IReadOnlyList<float[]> sequences,
        int features,
        IReadOnlyList<int[]> targets,
        IReadOnlyList<float[]>? weights = null,
        Padding padding = Padding.Trailing)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return new TrainingSet(FramesOf(sequences, features, padding, weights is null ? null : [.. weights]), perSequence: false, (int[][])[.. targets]);
    }

    /// <summary>Values for each step of each sequence, with many-to-many networks.</summary>
    /// <param name="sequences">Each [its steps × features].</param>
    /// <param name="features">Features per time step.</param>
    /// <param name="targets">For each sequence, [its steps × values], the same number per step for each.</param>
    /// <param name="weights">For each sequence, how much each step counts: 0 for not at all (a label mask), 1, or any weight above 0; null for 1.</param>
    /// <param name="padding">Where the masked steps of shorter sequences go in a mini-batch.</param>
    /// <exception cref="ArgumentException">
    /// There is no sequence, one is empty or ragged, or there is another number of targets, values or weights; the message names it.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite; the message names it.</exception>
    public static TrainingSet PerStep(
        IReadOnlyList<float[]> sequences,
        int features,
        IReadOnlyList<float[]> targets,
        IReadOnlyList<float[]>? weights = null,
        Padding padding = Padding.Trailing)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return new TrainingSet(FramesOf(sequences, features, padding, weights is null ? null : [.. weights]), perSequence: false, (float[][])[.. targets]);
    }

    /// <summary>A class for each sequence of classes: classification, with many-to-one networks.</summary>
    /// <param name="classes">Each one class per step, from 0 to less than 2²⁴. They are copied.</param>
    /// <param name="targets">A class for each sequence.</param>
    /// <param name="weights">How much each sequence counts, at least 0; null for 1.</param>
    /// <param name="padding">Where the masked steps of shorter sequences go in a mini-batch.</param>
    /// <exception cref="ArgumentException">
    /// There is no sequence, one is empty, or there is another number of targets or weights; the message names it.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite, or a class is out of range; the message names it.</exception>
    public static TrainingSet PerSequence(
        IReadOnlyList<int[]> classes,
        IReadOnlyList<int> targets,
        IReadOnlyList<float>? weights = null,
        Padding padding = Padding.Trailing)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return new TrainingSet(ClassFramesOf(classes, padding, weights is null ? null : RowsOf(weights)), perSequence: true, RowsOf(targets));
    }

    /// <summary>Values for each sequence of classes, with many-to-one networks.</summary>
    /// <param name="classes">Each one class per step, from 0 to less than 2²⁴. They are copied.</param>
    /// <param name="targets">Values for each sequence, the same number for each.</param>
    /// <param name="weights">How much each sequence counts, at least 0; null for 1.</param>
    /// <param name="padding">Where the masked steps of shorter sequences go in a mini-batch.</param>
    /// <exception cref="ArgumentException">
    /// There is no sequence, one is empty, or there is another number of targets, values or weights; the message names it.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite, or a class is out of range; the message names it.</exception>
    public static TrainingSet PerSequence(
        IReadOnlyList<int[]> classes,
        IReadOnlyList<float[]> targets,
        IReadOnlyList<float>? weights = null,
        Padding padding = Padding.Trailing)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return new TrainingSet(ClassFramesOf(classes, padding, weights is null ? null : RowsOf(weights)), perSequence: true, (float[][])[.. targets]);
    }

    /// <summary>A class for each step of each sequence of classes: labelling and prediction, with many-to-many networks.</summary>
    /// <param name="classes">Each one class per step, from 0 to less than 2²⁴. They are copied.</param>
    /// <param name="targets">For each sequence, a class per step.</param>
    /// <param name="weights">For each sequence, how much each step counts: 0 for not at all (a label mask), 1, or any weight above 0; null for 1.</param>
    /// <param name="padding">Where the masked steps of shorter sequences go in a mini-batch.</param>
    /// <exception cref="ArgumentException">
    /// There is no sequence, one is empty, or there is another number of targets or weights; the message names it.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite, or a class is out of range; the message names it.</exception>
    public static TrainingSet PerStep(
        IReadOnlyList<int[]> classes,
        IReadOnlyList<int[]> targets,
        IReadOnlyList<float[]>? weights = null,
        Padding padding = Padding.Trailing)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return new TrainingSet(ClassFramesOf(classes, padding, weights is null ? null : [.. weights]), perSequence: false, (int[][])[.. targets]);
    }

    /// <summary>Values for each step of each sequence of classes, with many-to-many networks.</summary>
    /// <param name="classes">Each one class per step, from 0 to less than 2²⁴. They are copied.</param>
    /// <param name="targets">For each sequence, [its steps × values], the same number per step for each.</param>
    /// <param name="weights">For each sequence, how much each step counts: 0 for not at all (a label mask), 1, or any weight above 0; null for 1.</param>
    /// <param name="padding">Where the masked steps of shorter sequences go in a mini-batch.</param>
    /// <exception cref="ArgumentException">
    /// There is no sequence, one is empty, or there is another number of targets, values or weights; the message names it.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite, or a class is out of range; the message names it.</exception>
    public static TrainingSet PerStep(
        IReadOnlyList<int[]> classes,
        IReadOnlyList<float[]> targets,
        IReadOnlyList<float[]>? weights = null,
        Padding padding = Padding.Trailing)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return new TrainingSet(ClassFramesOf(classes, padding, weights is null ? null : [.. weights]), perSequence: false, (float[][])[.. targets]);
    }

    private static Input FramesOf(IReadOnlyList<float[]> sequences, int features, Padding padding, float[][]? weights)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        return new Input([.. sequences], features, padding, IsOneHot: false, weights);
    }

    private static Input ClassFramesOf(IReadOnlyList<int[]> classes, Padding padding, float[][]? weights) =>
        new(SequenceBatch.FramesOf(classes), Features: 1, padding, IsOneHot: true, weights);

    private static T[][] RowsOf<T>(IReadOnlyList<T> values) => [.. values.Select(value => new[] { value })];
}
