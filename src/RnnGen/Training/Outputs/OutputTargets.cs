namespace RnnGen.Training;

/// <summary>What one of a network's outputs should answer, for each sequence of a <see cref="TrainingSet"/>, once per sequence or at every step.</summary>
public sealed class OutputTargets
{
    private OutputTargets(NetworkOutput output, int[][]? classes, float[][]? values, float[][]? weights, bool perSequence)
    {
        if (output.Size < 1)
            throw new ArgumentException("output: expected a member of the network's Outputs, got one of no size", nameof(output));
        (Output, Classes, Values, Weights, IsPerSequence) = (output, classes, values, weights, perSequence);
    }

    /// <summary>The output.</summary>
    public NetworkOutput Output { get; }

    /// <summary>Whether the targets are classes; otherwise they are values.</summary>
    public bool HasClassTargets => Classes is not null;

    internal int[][]? Classes { get; }

    internal float[][]? Values { get; }

    internal float[][]? Weights { get; }

    internal bool IsPerSequence { get; }

    /// <summary>A class per step.</summary>
    /// <param name="output">The output.</param>
    /// <param name="classes">For each sequence, a class per step, from 0 to Size − 1.</param>
    /// <param name="weights">For each sequence, how much this output counts in each step: 0 where its answer is not known; null for 1.</param>
    public static OutputTargets ClassPerStep(NetworkOutput output, IReadOnlyList<int[]> classes, IReadOnlyList<float[]>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return new OutputTargets(output, [.. classes], null, weights is null ? null : [.. weights], perSequence: false);
    }

    /// <summary>Values per step.</summary>
    /// <param name="output">The output.</param>
    /// <param name="values">For each sequence, [its steps × Size].</param>
    /// <param name="weights">For each sequence, how much this output counts in each step: 0 where its answer is not known; null for 1.</param>
    public static OutputTargets ValuesPerStep(NetworkOutput output, IReadOnlyList<float[]> values, IReadOnlyList<float[]>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new OutputTargets(output, null, [.. values], weights is null ? null : [.. weights], perSequence: false);
    }

    /// <summary>A class per sequence.</summary>
    /// <param name="output">The output.</param>
    /// <param name="classes">For each sequence, a class from 0 to Size − 1.</param>
    /// <param name="weights">How much this output counts in each sequence: 0 where its answer is not known; null for 1.</param>
    public static OutputTargets ClassPerSequence(NetworkOutput output, IReadOnlyList<int> classes, IReadOnlyList<float>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return new OutputTargets(output, Rows(classes), null, weights is null ? null : Rows(weights), perSequence: true);
    }

    /// <summary>Values per sequence.</summary>
    /// <param name="output">The output.</param>
    /// <param name="values">For each sequence, [Size].</param>
    /// <param name="weights">How much this output counts in each sequence: 0 where its answer is not known; null for 1.</param>
    public static OutputTargets ValuesPerSequence(NetworkOutput output, IReadOnlyList<float[]> values, IReadOnlyList<float>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new OutputTargets(output, null, [.. values], weights is null ? null : Rows(weights), perSequence: true);
    }

    private static T[][] Rows<T>(IReadOnlyList<T> values) => [.. values.Select(value => new[] { value })];
}
