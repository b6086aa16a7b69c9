using System.Diagnostics.CodeAnalysis;
using RnnGen.Runtime;

namespace RnnGen.Training;

/// <content>What is refused before a loss is computed.</content>
public abstract partial class Loss
{
    /// <summary>Whether the gradient is that of the logits; otherwise it is that of the outputs.</summary>
    internal virtual bool OfLogits => FusedActivation is not null;

    /// <summary>Whether targets may be classes.</summary>
    internal bool TakesClasses => Targets != LossTargets.Values;

    /// <summary>Whether targets may be values.</summary>
    internal bool TakesValues => Targets != LossTargets.Classes;

    /// <summary>What the loss is fused with; the identity where it is computed from outputs.</summary>
    internal OutputActivation Fusion => FusedActivation switch
    {
        Activation.Softmax => OutputActivation.Softmax,
        Activation.Sigmoid => OutputActivation.Sigmoid,
        _ => OutputActivation.Identity,
    };

    /// <summary>Refuses a network whose output activation does not fit, or that the loss itself refuses.</summary>
    /// <exception cref="ArgumentException">It does not; the message says what to write instead.</exception>
    internal virtual void CheckNetwork(NetworkLayout layout)
    {
        if (OfLogits && layout.Outputs.Count > 1)
        {
            string outputs = string.Join(", ", layout.Outputs.Select(output => output.Name));
            throw new ArgumentException($"Loss: {Name} is fused with {Fusion}, but {layout.Network} has several outputs, {outputs}: use Loss.PerOutput", "options");
        }

        if (OfLogits && layout.Heads()[0].Activation != Fusion && layout.Heads()[0].Activation != OutputActivation.Identity)
        {
            string advice = $"end the network with [Dense({layout.OutputSize}, Activation.{Fusion})], or with Activation.Linear, whose outputs are then logits";
            throw new ArgumentException($"Loss: {Name} is fused with {Fusion}, but {layout.Network} ends in {layout.Heads()[0].Activation}: {advice}", "options");
        }

        CheckNetwork(layout.OutputSize, layout.ManyToOne);
    }

    /// <summary>
    /// Refuses targets of the wrong kind or number, bad weights, and, in rows that count, classes that the network does not have and values that the loss does
    /// not take.
    /// </summary>
    /// <param name="targets">The targets.</param>
    /// <param name="layout">The network.</param>
    /// <param name="batch">The batch that they belong to.</param>
    internal virtual void CheckTargets(Targets targets, NetworkLayout layout, SequenceBatch batch)
    {
        int rows = layout.ManyToOne ? batch.BatchSize : batch.Steps * batch.BatchSize;
        string shape = layout.ManyToOne ? "BatchSize" : "Steps × BatchSize";
        ReadOnlySpan<byte> mask = layout.ManyToOne ? default : batch.Mask;
        targets.CheckWeights(rows, shape, mask, batch.BatchSize);
        if (!targets.HasClassTargets)
        {
            if (!TakesValues)
                throw new ArgumentException($"targets: {Name} expects classes (ReadOnlySpan<int>, {shape}), got values", nameof(targets));
            if (targets.Values.Length != (long)rows * layout.OutputSize)
            {
                string expected = $"targets: expected {(long)rows * layout.OutputSize} values ({shape} × OutputSize)";
                throw new ArgumentException($"{expected}, got {targets.Values.Length}", nameof(targets));
            }

            int wrong = FirstWrong(targets, mask, layout.OutputSize);
            if (wrong >= 0)
            {
                (int row, int output) = Math.DivRem(wrong, layout.OutputSize);
                ThrowWrong(nameof(targets), targets.Values[wrong], Training.Targets.Place(mask, row, batch.BatchSize), output);
            }

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
                string place = Training.Targets.Place(mask, row, batch.BatchSize);
                string message = $"targets: expected a class from 0 to {layout.OutputSize - 1} {place}, got {target}";
                throw new ArgumentOutOfRangeException(nameof(targets), message);
            }
        }
    }

    /// <summary>The first target value that the loss does not take; −1 where there is none. What lies in rows that do not count does not matter.</summary>
    /// <param name="targets">Values.</param>
    /// <param name="mask">One byte per row, 0 where it is masked; empty where no row is.</param>
    /// <param name="size">Values per row.</param>
    internal int FirstWrong(Targets targets, ReadOnlySpan<byte> mask, int size)
    {
        for (int start = 0; start < targets.Values.Length;)
        {
            int found = VectorLoops.FirstOutside(targets.Values[start..], MinTarget, MaxTarget);
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
        string expected = (MinTarget, MaxTarget) switch
        {
            (float.MinValue, float.MaxValue) => "a finite value",
            (float.MinValue, _) => $"a finite value of at most {MaxTarget}",
            (_, float.MaxValue) => $"a finite value of at least {MinTarget}",
            _ => $"a value from {MinTarget} to {MaxTarget}",
        };
        string message = $"{argument}: {Name} expects {expected} as a target, got {value} {place}, output {output}";
        throw new ArgumentOutOfRangeException(argument, message);
    }
}
