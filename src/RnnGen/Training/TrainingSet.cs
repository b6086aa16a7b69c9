using System.Diagnostics;

namespace RnnGen.Training;

/// <summary>
/// Sequences of any lengths and their targets: a class or values, once per sequence or at every step, with weights where some count more than
/// others or not at all. The arrays are not copied, classes excepted.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed partial class TrainingSet
{
    private readonly Input _input;
    private readonly int[][]? _classes;
    private readonly float[][]? _values;
    private readonly TrainingSet[] _parts = [];

    private TrainingSet(Input input, bool perSequence, int targets)
    {
        if (input.Sequences.Length == 0)
            throw new ArgumentException("sequences: expected at least one sequence, got none", "sequences");
        if (input.Features <= 0)
            throw new ArgumentOutOfRangeException("features", $"features: expected a positive number, got {input.Features}");
        SequenceBatch.CheckPadding(input.Padding);
        if (targets != input.Sequences.Length)
            throw new ArgumentException($"targets: expected {input.Sequences.Length} (one per sequence), got {targets}", nameof(targets));
        _input = input;
        IsPerSequence = perSequence;
        for (int i = 0; i < Count; i++)
            MaxSteps = Math.Max(MaxSteps, SequenceBatch.StepsOf(input.Sequences[i], i, Features));
        CheckWeights();
    }

    private TrainingSet(Input input, bool perSequence, int[][] classes)
        : this(input, perSequence, classes.Length)
    {
        _classes = classes;
        for (int i = 0; i < classes.Length; i++)
        {
            int got = classes[i]?.Length ?? 0;
            if (got != Rows(i))
                throw new ArgumentException($"targets: expected {Rows(i)} classes for sequence {i} (its steps), got {got}", "targets");
        }
    }

    private TrainingSet(Input input, bool perSequence, float[][] values)
        : this(input, perSequence, values.Length)
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
    public int Count => _input.Sequences.Length;

    /// <summary>Features per time step; 1 where sequences are classes.</summary>
    public int Features => _input.Features;

    /// <summary>Whether the sequences are classes rather than frames.</summary>
    public bool IsOneHot => _input.IsOneHot;

    /// <summary>Where the masked steps of shorter sequences go in a mini-batch.</summary>
    public Padding Padding => _input.Padding;

    /// <summary>The steps of the longest sequence.</summary>
    public int MaxSteps { get; }

    /// <summary>Whether there is one target per sequence, for many-to-one networks; otherwise there is one per step.</summary>
    public bool IsPerSequence { get; }

    /// <summary>Whether the targets are classes; otherwise they are values.</summary>
    public bool HasClassTargets => _classes is not null;

    /// <summary>Whether some targets count more than others or not at all.</summary>
    public bool IsWeighted => _input.Weights is not null;

    /// <summary>Values per target; 0 when targets are classes, or those of several outputs.</summary>
    public int ValuesPerRow { get; }

    /// <summary>The outputs that the targets are of; none where they are all of them.</summary>
    public IReadOnlyList<NetworkOutput> Outputs => Columns is null ? [] : [.. Columns.Columns.Select(column => column.Output)];

    /// <summary>What a row of target values is, where it holds those of several outputs; null where it does not.</summary>
    internal OutputColumns? Columns { get; }

    /// <summary>Floats per row of target values.</summary>
    internal int RowWidth => Columns?.Width ?? ValuesPerRow;

    /// <summary>The steps of a sequence.</summary>
    internal int Steps(int sequence) => _input.Sequences[sequence].Length / Features;

    /// <summary>Some of the sequences as a batch.</summary>
    /// <param name="chosen">Which.</param>
    /// <param name="argument">The argument that the set is, for messages.</param>
    internal SequenceBatch Batch(ReadOnlySpan<int> chosen, string argument = "set")
    {
        float[][] sequences = new float[chosen.Length][];
        for (int i = 0; i < chosen.Length; i++)
            sequences[i] = _input.Sequences[chosen[i]];
        return SequenceBatch.PadChecked(sequences, Features, Padding, IsOneHot, argument);
    }

    /// <summary>The classes of some sequences, laid out as their batch is. Values at masked steps are ignored and left as they are.</summary>
    /// <param name="chosen">The sequences.</param>
    /// <param name="targets">[steps, chosen], or [chosen].</param>
    internal void CopyClasses(ReadOnlySpan<int> chosen, Span<int> targets) => Copy(_classes!, 1, chosen, targets);

    /// <summary>The values of some sequences, laid out as their batch is. Values at masked steps are ignored and left as they are.</summary>
    /// <param name="chosen">The sequences.</param>
    /// <param name="targets">[steps, chosen, RowWidth], or [chosen, RowWidth].</param>
    internal void CopyValues(ReadOnlySpan<int> chosen, Span<float> targets) => Copy(_values!, RowWidth, chosen, targets);

    /// <summary>The weights of some sequences, laid out as their batch is. Values at masked steps are ignored and left as they are.</summary>
    /// <param name="chosen">The sequences.</param>
    /// <param name="weights">[steps, chosen], or [chosen].</param>
    internal void CopyWeights(ReadOnlySpan<int> chosen, Span<float> weights) => Copy(_input.Weights!, 1, chosen, weights);

    /// <summary>Refuses a set that a network and a loss cannot learn from.</summary>
    internal void Check(Runtime.NetworkLayout layout, Loss loss, string argument)
    {
        if (IsOneHot && !layout.OneHot)
            throw new ArgumentException($"{argument}: expected frames, because {layout.Network} has no OneHot, got classes", argument);
        if (Features != layout.FrameSize)
        {
            string meaning = layout.OneHot ? $"one class per time step, as {layout.Network} has OneHot" : $"{layout.Network}.InputSize";
            throw new ArgumentException($"{argument}: expected {layout.FrameSize} features ({meaning}), got {Features}", argument);
        }

        if (layout.OneHot)
            CheckSymbols(layout, argument);
        if (IsPerSequence != layout.ManyToOne)
        {
            string expected = layout.ManyToOne
                ? $"one target per sequence (TrainingSet.PerSequence), because {layout.Network} has one output per sequence, got one per step"
                : $"one target per step (TrainingSet.PerStep), because {layout.Network} has one output per step, got one per sequence";
            throw new ArgumentException($"{argument}: expected {expected}", argument);
        }

        if (Columns is not null || loss is PerOutputLoss)
        {
            CheckOutputs(layout, loss, argument);
            return;
        }

        if (HasClassTargets && !loss.TakesClasses)
            throw new ArgumentException($"{argument}: expected values as targets, because the loss is {loss.Name}, got classes", argument);
        if (!HasClassTargets && !loss.TakesValues)
            throw new ArgumentException($"{argument}: expected classes as targets, because the loss is {loss.Name}, got values", argument);
        if (!HasClassTargets && ValuesPerRow != layout.OutputSize)
        {
            string expected = $"{layout.OutputSize} values per target ({layout.Network}.OutputSize)";
            throw new ArgumentException($"{argument}: expected {expected}, got {ValuesPerRow}", argument);
        }

        CheckClasses(layout, argument);
        CheckValues(layout, loss, argument);
    }

    private void CheckClasses(Runtime.NetworkLayout layout, string argument)
    {
        for (int i = 0; _classes is not null && i < _classes.Length; i++)
        {
            for (int wrong = 0; wrong < _classes[i].Length; wrong++)
            {
                if ((uint)_classes[i][wrong] < (uint)layout.OutputSize || _input.Weights?[i][wrong] == 0)
                    continue;
                string message = $"{argument}: expected classes from 0 to {layout.OutputSize - 1}, {Place(i, wrong)} has {_classes[i][wrong]}";
                throw new ArgumentOutOfRangeException(argument, message);
            }
        }
    }

    private void CheckValues(Runtime.NetworkLayout layout, Loss loss, string argument)
    {
        for (int i = 0; _values is not null && i < _values.Length; i++)
        {
            var targets = new Targets(_values[i]);
            int wrong = loss.FirstWrong(_input.Weights is { } weights ? targets.WithWeights(weights[i]) : targets, mask: default, layout.OutputSize);
            if (wrong >= 0)
                loss.ThrowWrong(argument, _values[i][wrong], $"at {Place(i, wrong / layout.OutputSize)}", wrong % layout.OutputSize);
        }
    }

    private string Place(int sequence, int row) => IsPerSequence ? $"sequence {sequence}" : $"step {row} of sequence {sequence}";

    private void CheckSymbols(Runtime.NetworkLayout layout, string argument)
    {
        for (int i = 0; i < Count; i++)
        {
            for (int step = 0; step < _input.Sequences[i].Length; step++)
            {
                float value = _input.Sequences[i][step];
                if (value >= 0 && value < layout.InputSize && float.IsInteger(value))
                    continue;
                string expected = $"{argument}: expected a class from 0 to {layout.InputSize - 1} per time step ({layout.Network} has OneHot)";
                string message = $"{expected}, step {step} of sequence {i} has {value}";
                throw new ArgumentOutOfRangeException(argument, message);
            }
        }
    }

    private void CheckWeights()
    {
        if (_input.Weights is not float[][] weights)
            return;
        if (weights.Length != Count)
            throw new ArgumentException($"weights: expected {Count} (one per sequence), got {weights.Length}", nameof(weights));
        bool any = false;
        for (int i = 0; i < weights.Length; i++)
        {
            int got = weights[i]?.Length ?? 0;
            if (got != Rows(i))
                throw new ArgumentException($"weights: expected {Rows(i)} for sequence {i} (its steps), got {got}", nameof(weights));
            for (int row = 0; row < got; row++)
            {
                float weight = weights[i]![row];
                if (!(weight >= 0 && float.IsFinite(weight)))
                {
                    string message = $"weights: expected finite values of at least 0, {Place(i, row)} has {weight}";
                    throw new ArgumentOutOfRangeException(nameof(weights), message);
                }

                any |= weight > 0;
            }
        }

        if (!any)
            throw new ArgumentException("weights: expected at least one above 0, got none: there is nothing to learn from", nameof(weights));
    }

    private int Rows(int sequence) => IsPerSequence ? 1 : Steps(sequence);

    private void Copy<T>(T[][] from, int size, ReadOnlySpan<int> chosen, Span<T> to)
    {
        int steps = 0;
        foreach (int sequence in chosen)
            steps = Math.Max(steps, Rows(sequence));
        for (int i = 0; i < chosen.Length; i++)
        {
            ReadOnlySpan<T> rows = from[chosen[i]];
            int first = Padding == Padding.Leading ? steps - Rows(chosen[i]) : 0;
            for (int step = 0; step * size < rows.Length; step++)
                rows.Slice(step * size, size).CopyTo(to[(((first + step) * chosen.Length + i) * size)..]);
        }
    }

    /// <summary>What a network is given.</summary>
    private readonly record struct Input(float[][] Sequences, int Features, Padding Padding, bool IsOneHot, float[][]? Weights);

    /// <inheritdoc/>
    public override string ToString() => $"{Count} sequences of up to {MaxSteps} steps of {(IsOneHot ? "classes" : $"{Features} features")}, {(Columns is not null ? $"targets of {Columns.Columns.Count} outputs" : HasClassTargets ? "a class" : "values")} per {(IsPerSequence ? "sequence" : "step")}";
}
