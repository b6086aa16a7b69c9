using System.Diagnostics.CodeAnalysis;
using RnnGen.Runtime;

namespace RnnGen;

/// <summary>
/// How far a network's answers are from the targets: <c>Σ w·loss / Σ w</c> over all unmasked steps (over all sequences for a many-to-one network) with their
/// weights w, which are 1 unless given. With weights of 0 and 1 (a label mask) that is the mean over the steps that count.
/// <see cref="TrainerOptions.Normalization"/> can divide by the number of sequences instead.
/// </summary>
public abstract class Loss
{
    private protected Loss(string name) => Name = name;

    /// <summary>
    /// Cross entropy with the softmax of the logits, <c>−Σ yₖ log pₖ</c> a row, stable for logits of any size. For networks that end in
    /// <c>[Dense(n, Activation.Softmax)]</c>, or in a linear layer, whose outputs are then logits. Targets: one class a row, or a row of probabilities, each
    /// from 0 to 1; that their sum is 1 is not checked.
    /// </summary>
    public static Loss CrossEntropy { get; } = new CrossEntropyLoss();

    /// <summary>The mean squared difference of outputs and target values, over all outputs of all rows. Targets: finite values.</summary>
    public static Loss MeanSquaredError { get; } = new MeanSquaredErrorLoss();

    /// <summary>
    /// Binary cross entropy with the logistic function of the logits, <c>−y log p − (1−y) log(1−p)</c>, the mean over all outputs of all rows; stable for
    /// logits of any size. For networks that end in <c>[Dense(n, Activation.Sigmoid)]</c>, or in a linear layer, whose outputs are then logits. Targets:
    /// values from 0 to 1.
    /// </summary>
    public static Loss BinaryCrossEntropy { get; } = new BinaryCrossEntropyLoss();

    /// <summary>The loss's name, for messages and reports.</summary>
    public string Name { get; }

    /// <summary>Whether the gradient is that of the logits; otherwise it is that of the outputs.</summary>
    internal abstract bool OfLogits { get; }

    /// <summary>Whether targets may be classes.</summary>
    internal virtual bool TakesClasses => false;

    /// <summary>The least and the most that a target value may be; any finite value unless a loss has limits.</summary>
    internal virtual (float Least, float Most) TargetRange => (float.MinValue, float.MaxValue);

    /// <summary>The weighted sum of the rows' losses, and the gradient of that sum over the divisor: in every row that counts, 0 in the others.</summary>
    /// <param name="rows">The network's answers and what they count.</param>
    /// <param name="targets">Checked targets of as many rows; those of rows that do not count do not matter.</param>
    /// <param name="gradients">[rows × Size], overwritten.</param>
    internal abstract double Compute(in LossRows rows, Targets targets, Span<float> gradients);

    /// <summary>Refuses a network whose output activation does not fit.</summary>
    /// <exception cref="ArgumentException">It does not; the message says what to write instead.</exception>
    internal abstract void CheckNetwork(NetworkLayout layout);

    /// <summary>
    /// Refuses targets of the wrong kind or number, bad weights, and, in rows that count, classes that the network does not have and values that the loss does
    /// not take.
    /// </summary>
    /// <param name="targets">The targets.</param>
    /// <param name="layout">The network.</param>
    /// <param name="batch">The batch that they belong to.</param>
    internal void CheckTargets(Targets targets, NetworkLayout layout, SequenceBatch batch)
    {
        int rows = layout.ManyToOne ? batch.BatchSize : batch.Steps * batch.BatchSize;
        string shape = layout.ManyToOne ? "BatchSize" : "Steps × BatchSize";
        ReadOnlySpan<byte> mask = layout.ManyToOne ? default : batch.Mask;
        targets.CheckWeights(rows, shape, mask, batch.BatchSize);
        if (!targets.AreClasses)
        {
            if (targets.Values.Length != (long)rows * layout.OutputSize)
            {
                string expected = $"targets: expected {(long)rows * layout.OutputSize} values ({shape} × OutputSize)";
                throw new ArgumentException($"{expected}, got {targets.Values.Length}", nameof(targets));
            }

            int wrong = FirstWrong(targets, mask, layout.OutputSize);
            if (wrong >= 0)
                ThrowWrong(nameof(targets), targets.Values[wrong], Targets.Place(mask, wrong / layout.OutputSize, batch.BatchSize), wrong % layout.OutputSize);
            return;
        }

        if (!TakesClasses)
            throw new ArgumentException($"targets: {Name} expects values (ReadOnlySpan<float>, {shape} × OutputSize), got classes", nameof(targets));
        if (targets.Classes.Length != rows)
            throw new ArgumentException($"targets: expected {rows} classes ({shape}), got {targets.Classes.Length}", nameof(targets));
        for (int row = 0; row < rows; row++)
        {
            int target = targets.Classes[row];
            if ((uint)target >= (uint)layout.OutputSize && targets.Weight(mask, row) != 0)
            {
                string place = Targets.Place(mask, row, batch.BatchSize);
                string message = $"targets: expected a class from 0 to {layout.OutputSize - 1} {place}, got {target}";
                throw new ArgumentOutOfRangeException(nameof(targets), message);
            }
        }
    }

    /// <summary>The first target value that the loss does not take; −1 where there is none. What lies in rows that do not count does not matter.</summary>
    /// <param name="targets">Values.</param>
    /// <param name="mask">One byte a row, 0 where it is masked; empty where no row is.</param>
    /// <param name="size">Values a row.</param>
    internal int FirstWrong(Targets targets, ReadOnlySpan<byte> mask, int size)
    {
        (float least, float most) = TargetRange;
        for (int start = 0; start < targets.Values.Length;)
        {
            int found = VectorLoops.FirstOutside(targets.Values[start..], least, most);
            if (found < 0)
                break;
            int row = (start + found) / size;
            if (targets.Weight(mask, row) != 0)
                return start + found;
            start = (row + 1) * size;
        }

        return -1;
    }

    /// <summary>Throws for a target value that the loss does not take.</summary>
    /// <param name="argument">The argument's name.</param>
    /// <param name="value">The value.</param>
    /// <param name="place">Where its row is.</param>
    /// <param name="output">Which of its row it is.</param>
    [DoesNotReturn]
    internal void ThrowWrong(string argument, float value, string place, int output)
    {
        (float least, float most) = TargetRange;
        string expected = least == float.MinValue ? "a finite value" : $"a value from {least} to {most}";
        string message = $"{argument}: {Name} expects {expected} as a target, got {value} {place}, output {output}";
        throw new ArgumentOutOfRangeException(argument, message);
    }

    /// <summary>Refuses an output activation other than the one that a loss is fused with and the identity.</summary>
    private protected void CheckFusion(NetworkLayout layout, OutputActivation fused)
    {
        if (layout.OutputActivation != fused && layout.OutputActivation != OutputActivation.Identity)
        {
            string advice = $"end the network with [Dense({layout.OutputSize}, Activation.{fused})], or with Activation.Linear, whose outputs are then logits";
            throw new ArgumentException($"Loss: {Name} is fused with {fused}, but {layout.Network} ends in {layout.OutputActivation}: {advice}", "options");
        }
    }
}
