namespace RnnGen.Training;

/// <summary>What a batch should have answered, a class per row or values, and how much each row counts.</summary>
internal readonly ref struct Targets
{
    internal Targets(ReadOnlySpan<int> classes)
    {
        HasClassTargets = true;
        Classes = classes;
    }

    internal Targets(ReadOnlySpan<float> values) => Values = values;

    /// <summary>Whether they are classes.</summary>
    internal bool HasClassTargets { get; }

    /// <summary>One class per row.</summary>
    internal ReadOnlySpan<int> Classes { get; private init; }

    /// <summary>One row of outputs per row.</summary>
    internal ReadOnlySpan<float> Values { get; private init; }

    /// <summary>Whether <see cref="Weights"/> hold; otherwise every row weighs 1.</summary>
    internal bool IsWeighted { get; private init; }

    /// <summary>One weight per row; what lies at masked rows does not matter.</summary>
    internal ReadOnlySpan<float> Weights { get; private init; }

    /// <summary>What the columns of <see cref="Values"/> are, where they are the targets of several outputs; null where they are plain values.</summary>
    internal OutputColumns? Columns { get; init; }

    /// <summary>The same targets with weights.</summary>
    internal Targets WithWeights(ReadOnlySpan<float> weights) => this with { Weights = weights, IsWeighted = true };

    /// <summary>The targets of some rows.</summary>
    internal Targets Slice(int start, int count, int outputSize)
    {
        int width = Columns?.Width ?? outputSize;
        return this with
        {
            Classes = HasClassTargets ? Classes.Slice(start, count) : default,
            Values = Values.IsEmpty ? default : Values.Slice(start * width, count * width),
            Weights = IsWeighted ? Weights.Slice(start, count) : default,
        };
    }

    /// <summary>How much a row counts.</summary>
    /// <param name="mask">One byte per row, 0 where it is masked; empty where no row is.</param>
    /// <param name="row">The row.</param>
    internal float Weight(ReadOnlySpan<byte> mask, int row) => !mask.IsEmpty && mask[row] == 0 ? 0 : IsWeighted ? Weights[row] : 1;

    /// <summary>How much all rows count together.</summary>
    /// <param name="mask">One byte per row, 0 where it is masked; empty where no row is.</param>
    /// <param name="rows">Rows.</param>
    internal double TotalWeight(ReadOnlySpan<byte> mask, int rows)
    {
        double total = 0;
        for (int row = 0; row < rows; row++)
            total += Weight(mask, row);
        return total;
    }

    /// <summary>Refuses weights of another number, and those that are no weights in rows that are not masked.</summary>
    internal void CheckWeights(int rows, string shape, ReadOnlySpan<byte> mask, int batchSize)
    {
        if (!IsWeighted)
            return;
        if (Weights.Length != rows)
            throw new ArgumentException($"weights: expected {rows} values ({shape}), got {Weights.Length}", "weights");
        bool any = false;
        for (int row = 0; row < rows; row++)
        {
            float weight = Weight(mask, row);
            if (!(weight >= 0 && float.IsFinite(weight)))
            {
                string message = $"weights: expected a finite value of at least 0 {Place(mask, row, batchSize)}, got {weight}";
                throw new ArgumentOutOfRangeException("weights", message);
            }

            any |= weight > 0;
        }

        if (!any)
            throw new ArgumentException("weights: expected at least one above 0 at an unmasked step, got none: there is nothing to learn from", "weights");
    }

    /// <summary>Where a row is, for messages.</summary>
    internal static string Place(ReadOnlySpan<byte> mask, int row, int batchSize) =>
        mask.IsEmpty ? $"for sequence {row}" : $"at step {row / batchSize} of sequence {row % batchSize}";
}
