namespace RnnGen;

/// <summary>
/// Sequences of any lengths and what a network should answer: a class or values, once a sequence or at every step. The arrays are not copied.
/// </summary>
public sealed class TrainingSet
{
    private readonly float[][] _sequences;
    private readonly int[][]? _classes;
    private readonly float[][]? _values;

    private TrainingSet(IReadOnlyList<float[]> sequences, int features, bool perSequence, int targets)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        if (sequences.Count == 0)
            throw new ArgumentException("sequences: expected at least one sequence, got none", nameof(sequences));
        if (features <= 0)
            throw new ArgumentOutOfRangeException(nameof(features), features, $"features: expected a positive number, got {features}");
        if (targets != sequences.Count)
            throw new ArgumentException($"targets: expected {sequences.Count} (one a sequence), got {targets}", nameof(targets));
        _sequences = [.. sequences];
        Features = features;
        ArePerSequence = perSequence;
        for (int i = 0; i < _sequences.Length; i++)
            MaxSteps = Math.Max(MaxSteps, SequenceBatch.StepsOf(_sequences[i], i, features));
    }

    private TrainingSet(IReadOnlyList<float[]> sequences, int features, bool perSequence, int[][] classes)
        : this(sequences, features, perSequence, classes.Length) => _classes = classes;

    private TrainingSet(IReadOnlyList<float[]> sequences, int features, bool perSequence, float[][] values)
        : this(sequences, features, perSequence, values.Length)
    {
        _values = values;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is null)
                throw new ArgumentException($"targets: the values of sequence {i} are null", "targets");
            int rows = Rows(i);
            if (i == 0)
                ValuesPerRow = values[0].Length / rows;
            if (ValuesPerRow == 0 || values[i].Length != (long)rows * ValuesPerRow)
            {
                string expected = ValuesPerRow == 0 ? $"at least {rows} values" : $"{(long)rows * ValuesPerRow} values";
                throw new ArgumentException($"targets: expected {expected} for sequence {i} ({rows} rows), got {values[i].Length}", "targets");
            }
        }
    }

    /// <summary>The number of sequences.</summary>
    public int Count => _sequences.Length;

    /// <summary>Features a time step.</summary>
    public int Features { get; }

    /// <summary>The steps of the longest sequence.</summary>
    public int MaxSteps { get; }

    /// <summary>Whether there is one target a sequence, for many-to-one networks; otherwise there is one a step.</summary>
    public bool ArePerSequence { get; }

    /// <summary>Whether the targets are classes; otherwise they are values.</summary>
    public bool AreClasses => _classes is not null;

    /// <summary>Values a target; 0 when targets are classes.</summary>
    public int ValuesPerRow { get; }

    /// <summary>A class for each sequence: recognition, with many-to-one networks.</summary>
    /// <param name="sequences">Each [its steps × features].</param>
    /// <param name="features">Features a time step.</param>
    /// <param name="targets">A class for each sequence.</param>
    /// <exception cref="ArgumentException">
    /// There is no sequence, one is empty or ragged, or there is another number of targets; the message names it.
    /// </exception>
    public static TrainingSet PerSequence(IReadOnlyList<float[]> sequences, int features, IReadOnlyList<int> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return new TrainingSet(sequences, features, perSequence: true, [.. targets.Select(target => new[] { target })]);
    }

    /// <summary>Values for each sequence, with many-to-one networks.</summary>
    /// <param name="sequences">Each [its steps × features].</param>
    /// <param name="features">Features a time step.</param>
    /// <param name="targets">Values for each sequence, as many for one as for the other.</param>
    /// <exception cref="ArgumentException">
    /// There is no sequence, one is empty or ragged, or there is another number of targets or of values; the message names it.
    /// </exception>
    public static TrainingSet PerSequence(IReadOnlyList<float[]> sequences, int features, IReadOnlyList<float[]> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return new TrainingSet(sequences, features, perSequence: true, (float[][])[.. targets]);
    }

    /// <summary>A class for each step of each sequence: labelling and prediction, with many-to-many networks.</summary>
    /// <param name="sequences">Each [its steps × features].</param>
    /// <param name="features">Features a time step.</param>
    /// <param name="targets">For each sequence, a class a step.</param>
    /// <exception cref="ArgumentException">
    /// There is no sequence, one is empty or ragged, or there is another number of targets; the message names it.
    /// </exception>
    public static TrainingSet PerStep(IReadOnlyList<float[]> sequences, int features, IReadOnlyList<int[]> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        var set = new TrainingSet(sequences, features, perSequence: false, (int[][])[.. targets]);
        for (int i = 0; i < set.Count; i++)
        {
            int got = targets[i]?.Length ?? 0;
            if (got != set.Rows(i))
                throw new ArgumentException($"targets: expected {set.Rows(i)} classes for sequence {i} (its steps), got {got}", nameof(targets));
        }

        return set;
    }

    /// <summary>Values for each step of each sequence, with many-to-many networks.</summary>
    /// <param name="sequences">Each [its steps × features].</param>
    /// <param name="features">Features a time step.</param>
    /// <param name="targets">For each sequence, [its steps × values], as many a step for one as for the other.</param>
    /// <exception cref="ArgumentException">
    /// There is no sequence, one is empty or ragged, or there is another number of targets or of values; the message names it.
    /// </exception>
    public static TrainingSet PerStep(IReadOnlyList<float[]> sequences, int features, IReadOnlyList<float[]> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return new TrainingSet(sequences, features, perSequence: false, (float[][])[.. targets]);
    }

    /// <summary>The steps of a sequence.</summary>
    internal int Steps(int sequence) => _sequences[sequence].Length / Features;

    /// <summary>Some of the sequences as a batch.</summary>
    internal SequenceBatch Batch(ReadOnlySpan<int> chosen)
    {
        float[][] sequences = new float[chosen.Length][];
        for (int i = 0; i < chosen.Length; i++)
            sequences[i] = _sequences[chosen[i]];
        return SequenceBatch.Pad(sequences, Features, Padding.Trailing);
    }

    /// <summary>The classes of some sequences, laid out as their batch is. What lies at masked steps does not matter and is left alone.</summary>
    /// <param name="chosen">The sequences.</param>
    /// <param name="targets">[steps, chosen], or [chosen].</param>
    internal void CopyClasses(ReadOnlySpan<int> chosen, Span<int> targets) => Copy(_classes!, 1, chosen, targets);

    /// <summary>The values of some sequences, laid out as their batch is. What lies at masked steps does not matter and is left alone.</summary>
    /// <param name="chosen">The sequences.</param>
    /// <param name="targets">[steps, chosen, ValuesPerRow], or [chosen, ValuesPerRow].</param>
    internal void CopyValues(ReadOnlySpan<int> chosen, Span<float> targets) => Copy(_values!, ValuesPerRow, chosen, targets);

    /// <summary>Refuses a set that a network and a loss cannot learn from.</summary>
    internal void Check(Runtime.NetworkLayout layout, Loss loss, string argument)
    {
        if (Features != layout.InputSize)
            throw new ArgumentException($"{argument}: expected {layout.InputSize} features ({layout.Network}.InputSize), got {Features}", argument);
        if (ArePerSequence != layout.ManyToOne)
        {
            string expected = layout.ManyToOne
                ? "one target a sequence (TrainingSet.PerSequence), because the network has [LastStep], got one a step"
                : "one target a step (TrainingSet.PerStep), got one a sequence: for those the network needs [LastStep]";
            throw new ArgumentException($"{argument}: expected {expected}", argument);
        }

        if (AreClasses && !loss.TakesClasses)
            throw new ArgumentException($"{argument}: expected values as targets, because the loss is {loss.Name}, got classes", argument);
        if (!AreClasses && ValuesPerRow != layout.OutputSize)
        {
            string expected = $"{layout.OutputSize} values a target ({layout.Network}.OutputSize)";
            throw new ArgumentException($"{argument}: expected {expected}, got {ValuesPerRow}", argument);
        }

        for (int i = 0; _classes is not null && i < _classes.Length; i++)
        {
            int wrong = _classes[i].AsSpan().IndexOfAnyExceptInRange(0, layout.OutputSize - 1);
            if (wrong >= 0)
            {
                string place = ArePerSequence ? $"sequence {i}" : $"step {wrong} of sequence {i}";
                string message = $"{argument}: expected classes from 0 to {layout.OutputSize - 1}, {place} has {_classes[i][wrong]}";
                throw new ArgumentOutOfRangeException(argument, _classes[i][wrong], message);
            }
        }
    }

    private int Rows(int sequence) => ArePerSequence ? 1 : Steps(sequence);

    private static void Copy<T>(T[][] from, int size, ReadOnlySpan<int> chosen, Span<T> to)
    {
        for (int i = 0; i < chosen.Length; i++)
        {
            ReadOnlySpan<T> rows = from[chosen[i]];
            for (int step = 0; step * size < rows.Length; step++)
                rows.Slice(step * size, size).CopyTo(to[((step * chosen.Length + i) * size)..]);
        }
    }
}
