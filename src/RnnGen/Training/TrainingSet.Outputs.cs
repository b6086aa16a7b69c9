namespace RnnGen.Training;

/// <content>Sets with the targets of several outputs.</content>
public sealed partial class TrainingSet
{
    /// <summary>
    /// A set for each output, which has the rules of any set, and the rows of all side by side, classes as floats: below 2²⁴ they are exact.
    /// </summary>
    private TrainingSet(Input input, IReadOnlyList<OutputTargets> targets)
        : this(input, IsOncePerSequence(targets), input.Sequences.Length)
    {
        if (targets.GroupBy(target => target.Output).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"targets: expected one of each output, got {twice.Count()} of {twice.Key.Name}", nameof(targets));
        var columns = new List<OutputColumn>();
        int width = 0;
        foreach (OutputTargets target in targets)
        {
            int first = width;
            width += target.HasClassTargets ? 1 : target.Output.Size;
            columns.Add(new OutputColumn(target.Output, target.HasClassTargets, first, target.Weights is null ? null : width++));
        }

        _parts = [.. targets.Select(target => PartOf(input, IsPerSequence, target))];
        _values = new float[Count][];
        Columns = new OutputColumns(columns, width);
        for (int sequence = 0; sequence < Count; sequence++)
            _values[sequence] = RowsOf(targets, sequence);
    }

    /// <summary>Targets of several outputs, for networks whose layers name them.</summary>
    /// <param name="sequences">Each [its steps × features].</param>
    /// <param name="features">Features per time step.</param>
    /// <param name="targets">
    /// Those of each output that has a loss, with weights of their own: all once per sequence, with many-to-one networks, or all at every step. They are copied.
    /// </param>
    /// <param name="padding">Where the masked steps of shorter sequences go in a mini-batch.</param>
    /// <exception cref="ArgumentException">
    /// There is no sequence, one is empty or ragged, or there is another number of targets, values or weights; the message names it.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite; the message names it.</exception>
    public static TrainingSet PerOutput(
        IReadOnlyList<float[]> sequences, int features, IReadOnlyList<OutputTargets> targets, Padding padding = Padding.Trailing) =>
        new(FramesOf(sequences, features, padding, weights: null), targets);

    /// <summary>The same for sequences of classes, masked at their ends.</summary>
    /// <param name="classes">Each one class per step, from 0 to less than 2²⁴. They are copied.</param>
    /// <param name="targets">Those of each output that has a loss.</param>
    /// <exception cref="ArgumentException">
    /// There is no sequence, one is empty, or there is another number of targets, values or weights; the message names it.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite, or a class is out of range; the message names it.</exception>
    public static TrainingSet PerOutput(IReadOnlyList<int[]> classes, IReadOnlyList<OutputTargets> targets) => PerOutput(classes, targets, Padding.Trailing);

    /// <summary>The same for sequences of classes.</summary>
    /// <param name="classes">Each one class per step, from 0 to less than 2²⁴. They are copied.</param>
    /// <param name="targets">Those of each output that has a loss.</param>
    /// <param name="padding">Where the masked steps of shorter sequences go in a mini-batch.</param>
    /// <exception cref="ArgumentException">
    /// There is no sequence, one is empty, or there is another number of targets, values or weights; the message names it.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite, or a class is out of range; the message names it.</exception>
    public static TrainingSet PerOutput(IReadOnlyList<int[]> classes, IReadOnlyList<OutputTargets> targets, Padding padding) =>
        new(ClassFramesOf(classes, padding, weights: null), targets);

    private static bool IsOncePerSequence(IReadOnlyList<OutputTargets> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return targets.Count == 0 ? throw new ArgumentException("targets: expected those of at least one output, got none", nameof(targets)) : targets[0].IsPerSequence;
    }

    private static TrainingSet PartOf(Input input, bool perSequence, OutputTargets target)
    {
        if (target.IsPerSequence != perSequence)
        {
            (string expected, string got) = perSequence ? ("sequence", "step") : ("step", "sequence");
            throw new ArgumentException($"targets: expected one per {expected} of {target.Output.Name} as well, got one per {got}", "targets");
        }

        Input own = input with { Weights = target.Weights };
        return target.Classes is not null ? new TrainingSet(own, perSequence, target.Classes) : new TrainingSet(own, perSequence, target.Values!);
    }

    /// <summary>The rows of a sequence, all targets side by side.</summary>
    private float[] RowsOf(IReadOnlyList<OutputTargets> targets, int sequence)
    {
        float[] rows = new float[Rows(sequence) * Columns!.Width];
        for (int i = 0; i < targets.Count; i++)
        {
            OutputColumn column = Columns.Columns[i];
            for (int row = 0; row < Rows(sequence); row++)
            {
                Span<float> to = rows.AsSpan(row * Columns.Width, Columns.Width);
                if (targets[i].Classes is int[][] classes)
                    to[column.First] = classes[sequence][row];
                else
                    targets[i].Values![sequence].AsSpan(row * _parts[i].ValuesPerRow, Math.Min(column.Output.Size, _parts[i].ValuesPerRow)).CopyTo(to[column.First..]);
                if (column.Weight is int weight)
                    to[weight] = targets[i].Weights![sequence][row];
            }
        }

        return rows;
    }

    /// <summary>Refuses targets of other outputs than those that have a loss, and those that a loss does not take.</summary>
    private void CheckOutputs(Runtime.NetworkLayout layout, Loss loss, string argument)
    {
        if (Columns is null)
            throw new ArgumentException($"{argument}: expected the targets of several outputs (OutputTargets), because the loss is {loss.Name}, got those of all", argument);
        if (loss is not PerOutputLoss losses)
            throw new ArgumentException($"{argument}: expected plain targets, because the loss is {loss.Name}, got those of several outputs; use Loss.PerOutput", argument);
        string expected = string.Join(", ", losses.Losses.Select(each => each.Output.Name).Order(StringComparer.Ordinal));
        string got = string.Join(", ", Columns.Columns.Select(column => column.Output.Name).Order(StringComparer.Ordinal));
        if (losses.Losses.Any(each => Columns.Find(each.Output) is null) || expected != got)
            throw new ArgumentException($"{argument}: expected the targets of the outputs that have a loss, {expected}, got those of {got}", argument);
        for (int i = 0; i < _parts.Length; i++)
        {
            OutputLoss own = losses.Losses.First(each => each.Output == Columns.Columns[i].Output);
            _parts[i].Check(PerOutputLoss.Of(layout, layout.Heads().First(head => head.Place == own.Output)), own.Loss, argument);
        }
    }
}
