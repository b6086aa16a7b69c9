using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using RnnGen.Runtime;

namespace RnnGen.Training;

/// <summary>
/// What a <see cref="Loss"/> is computed from: a network's answers as rows of outputs, what it should have answered, and how much each row counts. Row
/// <c>step × BatchSize + sequence</c> is that step of that sequence; for a many-to-one network, row <c>sequence</c> is that sequence.
/// </summary>
public readonly ref struct LossRows
{
    /// <summary>What the network answered, after the output activation: [Count × OutputSize]. 0 in masked rows.</summary>
    public ReadOnlySpan<float> Outputs { get; internal init; }

    /// <summary>The same before the output activation; equal to <see cref="Outputs"/> where the network ends in none.</summary>
    public ReadOnlySpan<float> Logits { get; internal init; }

    /// <summary>
    /// The target values, [Count × OutputSize]; empty where targets are classes. Those of rows that count are in the loss's range; what lies in others does not
    /// matter and may be NaN.
    /// </summary>
    public ReadOnlySpan<float> Values => Targets.Values;

    /// <summary>
    /// The target classes, [Count]; empty where targets are values. Those of rows that count are from 0 to OutputSize − 1; what lies in others does not matter.
    /// </summary>
    public ReadOnlySpan<int> Classes => Targets.Classes;

    /// <summary>Whether targets are <see cref="Classes"/>; otherwise they are <see cref="Values"/>.</summary>
    public bool HasClassTargets => Targets.HasClassTargets;

    /// <summary>Whether rows have weights of their own; otherwise each that is not masked weighs 1.</summary>
    public bool IsWeighted => Targets.IsWeighted;

    /// <summary>Time steps; 1 for a many-to-one network.</summary>
    public int Steps => Count == 0 ? 0 : Count / BatchSize;

    /// <summary>Sequences.</summary>
    public int BatchSize { get; internal init; }

    /// <summary>Values per row: the network's outputs.</summary>
    public int OutputSize { get; internal init; }

    /// <summary>Rows, <c>Steps × BatchSize</c>, masked ones included.</summary>
    public int Count { get; internal init; }

    /// <summary>The sum of all rows' weights: what <see cref="LossNormalization.PerStep"/> divides by.</summary>
    public double TotalWeight => Targets.TotalWeight(Mask, Count);

    /// <summary>One byte per row, 0 where the row does not count; empty where all rows do.</summary>
    internal ReadOnlySpan<byte> Mask { get; init; }

    /// <summary>The targets and their weights.</summary>
    internal Targets Targets { get; init; }

    /// <summary>The outputs that a row consists of, where a trainer has them.</summary>
    internal IReadOnlyList<OutputLayout>? Heads { get; init; }

    /// <summary>What made outputs of logits.</summary>
    internal OutputActivation Activation { get; init; }

    /// <summary>What the loss is fused with.</summary>
    internal OutputActivation Fusion { get; init; }

    /// <summary>How much a row counts: a finite value of at least 0, and 0 where the row is masked or its weight is 0.</summary>
    /// <param name="row">The row.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public float Weight(int row)
    {
        Check(row);
        return Targets.Weight(Mask, row);
    }

    /// <summary>Whether a row counts at all. Where it does not, nothing about it matters: neither targets nor what is written as its gradient.</summary>
    /// <param name="row">The row.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public bool IsCounted(int row) => Weight(row) != 0;

    /// <summary>The outputs of a row, [OutputSize].</summary>
    /// <param name="row">The row.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ReadOnlySpan<float> OutputsOf(int row) => RowOf(Outputs, row);

    /// <summary>The logits of a row, [OutputSize].</summary>
    /// <param name="row">The row.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ReadOnlySpan<float> LogitsOf(int row) => RowOf(Logits, row);

    /// <summary>The target values of a row, [OutputSize].</summary>
    /// <param name="row">The row.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row, or targets are classes.</exception>
    public ReadOnlySpan<float> ValuesOf(int row) => RowOf(Values, row);

    /// <summary>
    /// Writes what the activation that the loss is fused with (<see cref="Loss.FusedActivation"/>) makes of the logits, such as probabilities, whether the network
    /// ends in it or in a linear layer; the outputs where the loss is not fused. 0 in rows that do not count.
    /// </summary>
    /// <param name="destination">Receives [Count × OutputSize]: often the gradients themselves, to continue with.</param>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public void CopyActivatedTo(Span<float> destination)
    {
        Guard.Length(destination.Length, Outputs.Length, nameof(destination), "Count × OutputSize");
        bool copies = Fusion == OutputActivation.Identity || Fusion == Activation;
        if (copies)
            Outputs.CopyTo(destination);
        for (int row = 0, count = Count; row < count; row++)
        {
            Span<float> into = destination.Slice(row * OutputSize, OutputSize);
            if (!IsCounted(row))
                into.Clear();
            else if (!copies)
                OutputHead.Apply(Fusion, ref MemoryMarshal.GetReference(LogitsOf(row)), ref into[0], OutputSize);
        }
    }

    /// <summary>Multiplies each row of gradients with its weight and a factor; rows that do not count are left alone.</summary>
    /// <param name="gradients">[Count × OutputSize].</param>
    /// <param name="factor">The factor; finite.</param>
    /// <exception cref="ArgumentException"><paramref name="gradients"/> has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is not finite.</exception>
    public void MultiplyByWeights(Span<float> gradients, double factor = 1)
    {
        Guard.Length(gradients.Length, Outputs.Length, nameof(gradients), "Count × OutputSize");
        if (!double.IsFinite(factor))
        {
            string message = $"factor: expected a finite value, got {factor}";
            throw new ArgumentOutOfRangeException(nameof(factor), message);
        }

        if (!IsWeighted)
        {
            if (factor != 1)
                VectorLoops.Scale(gradients, (float)factor);
            return;
        }

        for (int row = 0, count = Count; row < count; row++)
        {
            if (IsCounted(row))
                VectorLoops.Scale(gradients.Slice(row * OutputSize, OutputSize), (float)(factor * Targets.Weights[row]));
        }
    }

    /// <summary>The same rows with targets for a loss, in place of theirs but with their weights.</summary>
    internal LossRows For(Loss loss, Targets targets) => this with
    {
        Targets = IsWeighted ? targets.WithWeights(Targets.Weights) : targets,
        Fusion = loss.Fusion,
    };

    /// <summary>One of several outputs.</summary>
    internal OutputLayout HeadOf(NetworkOutput output)
    {
        for (int i = 0; Heads is not null && i < Heads.Count; i++)
        {
            if (Heads[i].Place == output)
                return Heads[i];
        }

        throw new InvalidOperationException($"the network has no output {output.Name}");
    }

    /// <summary>How much the rows weigh that have their largest logit at their class.</summary>
    internal double WeightOfCorrect(ReadOnlySpan<int> classes)
    {
        double correct = 0;
        for (int row = 0; row < classes.Length; row++)
        {
            float weight = Weight(row);
            if (weight != 0 && Largest(LogitsOf(row)) == classes[row])
                correct += weight;
        }

        return correct;
    }

    private ReadOnlySpan<float> RowOf(ReadOnlySpan<float> values, int row)
    {
        Check(row);
        if (values.IsEmpty)
            throw new ArgumentOutOfRangeException(nameof(row), "row: expected targets that are values, got classes");
        return values.Slice(row * OutputSize, OutputSize);
    }

    private void Check(int row)
    {
        if ((uint)row >= (uint)Count)
            ThrowNoRow(row, Count);
    }

    [DoesNotReturn]
    private static void ThrowNoRow(int row, int count)
    {
        string message = $"row: expected 0 to {count - 1}, got {row}";
        throw new ArgumentOutOfRangeException(nameof(row), message);
    }

    /// <summary>The index of the largest value, the first of equal ones.</summary>
    internal static int Largest(ReadOnlySpan<float> values)
    {
        int largest = 0;
        float most = values[0];
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > most)
            {
                most = values[i];
                largest = i;
            }
        }

        return largest;
    }
}
