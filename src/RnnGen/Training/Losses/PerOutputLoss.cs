using System.Runtime.InteropServices;
using RnnGen.Runtime;

namespace RnnGen.Training;

/// <summary>The losses of several outputs, each with its weight.</summary>
internal sealed class PerOutputLoss : Loss
{
    private readonly OutputLoss[] _losses;
    private readonly OutputColumns _byHand;

    /// <param name="losses">At least one, each of another output.</param>
    internal PerOutputLoss(OutputLoss[] losses)
        : base(string.Join(" + ", losses.Select(loss => $"{loss.Loss.Name} of {loss.Output.Name}")))
    {
        _losses = losses;

        // Targets that come without a set lie where the outputs lie, in rows as wide as those of the network.
        _byHand = new OutputColumns([.. losses.Select(loss => new OutputColumn(loss.Output, loss.Loss.TakesClasses, loss.Output.Offset, null))], Width: 0);
    }

    /// <summary>The losses.</summary>
    internal IReadOnlyList<OutputLoss> Losses => _losses;

    /// <inheritdoc/>
    internal override bool OfLogits => true;

    public override string ToString() => $"PerOutput({string.Join(", ", _losses.Select(loss => loss.ToString()))})";

    protected internal override double Compute(in LossRows rows, Span<float> gradients)
    {
        gradients.Clear();
        OutputColumns columns = rows.Targets.Columns ?? _byHand;
        int width = rows.Targets.Columns?.Width ?? rows.OutputSize;
        double sum = 0;
        foreach (OutputLoss loss in _losses)
            sum += Compute(loss, rows, columns.Find(loss.Output)!, width, gradients);
        return sum;
    }

    /// <summary>One output's loss times its weight, as a sum over rows; its gradient is that of the logits.</summary>
    private static double Compute(OutputLoss loss, in LossRows rows, OutputColumn column, int width, Span<float> gradients)
    {
        OutputLayout head = rows.HeadOf(loss.Output);
        var part = new OutputRows(rows, head, column, width, loss.Loss);
        try
        {
            double weight = part.Rows.TotalWeight;
            double value = LossGradients.Compute(loss.Loss, part.Rows, part.Gradients, weight);

            // A figure of all rows together counts as often as there are rows that it stands for.
            double factor = loss.Weight * (loss.Loss.IsNormalized ? weight : 1);
            for (int row = 0, size = head.Size; row < rows.Count; row++)
            {
                if (!part.Rows.IsCounted(row))
                    continue;
                Span<float> gradient = part.Gradients.Slice(row * size, size);
                if (!loss.Loss.OfLogits)
                    OutputHead.Gradient(head.Activation, ref MemoryMarshal.GetReference(part.Rows.OutputsOf(row)), ref gradient[0], ref gradient[0], size);
                Span<float> all = gradients.Slice((row * rows.OutputSize) + head.Offset, size);
                for (int i = 0; i < size; i++)
                    all[i] = (float)(factor * gradient[i]);
            }

            return factor * value;
        }
        finally
        {
            part.Return();
        }
    }

    internal override void CheckNetwork(NetworkLayout layout)
    {
        foreach (OutputLoss loss in _losses)
        {
            if (layout.Heads().FirstOrDefault(head => head.Place == loss.Output) is not OutputLayout head || layout.Outputs.Count == 0)
            {
                string expected = layout.Outputs.Count == 0 ? "no loss per output, because none has a name (IsOutput = true)"
                    : $"one of {string.Join(", ", layout.Outputs.Select(output => output.Name))}";
                throw new ArgumentException($"Loss: {layout.Network}: expected {expected}, got one of {loss.Output.Name} ({loss.Output.Size} values from {loss.Output.Offset} on)", "options");
            }

            loss.Loss.CheckNetwork(Of(layout, head));
        }
    }

    /// <summary>A network that has one of the outputs only, as its loss sees it.</summary>
    internal static NetworkLayout Of(NetworkLayout layout, OutputLayout head) => layout with
    {
        Network = $"{layout.Network}.{head.Name}",
        OutputSize = head.Size,
        OutputActivation = head.Activation,
        Outputs = [new OutputLayout(head.Name, 0, head.Size, head.Activation)],
    };

    internal override void CheckTargets(Targets targets, NetworkLayout layout, SequenceBatch batch)
    {
        int rows = layout.ManyToOne ? batch.BatchSize : batch.Steps * batch.BatchSize;
        string shape = layout.ManyToOne ? "BatchSize" : "Steps × BatchSize";
        ReadOnlySpan<byte> mask = layout.ManyToOne ? default : batch.Mask;
        targets.CheckWeights(rows, shape, mask, batch.BatchSize);
        if (targets.HasClassTargets)
            throw new ArgumentException($"targets: {Name} expects values (ReadOnlySpan<float>, {shape} × OutputSize), got classes", nameof(targets));
        if (targets.Values.Length != (long)rows * layout.OutputSize)
            throw new ArgumentException($"targets: expected {(long)rows * layout.OutputSize} values ({shape} × OutputSize), got {targets.Values.Length}", nameof(targets));
        for (int row = 0; row < rows; row++)
        {
            if (targets.Weight(mask, row) != 0)
                CheckRow(targets.Values.Slice(row * layout.OutputSize, layout.OutputSize), mask, row, batch.BatchSize);
        }
    }

    /// <summary>Refuses a row of targets; its place is written only where it is refused.</summary>
    private void CheckRow(ReadOnlySpan<float> row, ReadOnlySpan<byte> mask, int index, int batchSize)
    {
        foreach (OutputLoss loss in _losses)
        {
            ReadOnlySpan<float> values = loss.Output.Of(row);
            if (loss.Loss.TakesClasses)
            {
                if (!(values[0] >= 0 && values[0] < values.Length && float.IsInteger(values[0])))
                {
                    string place = Training.Targets.Place(mask, index, batchSize);
                    string message = $"targets: {loss.Output.Name} expects a class from 0 to {values.Length - 1}, as its first value, {place}, got {values[0]}";
                    throw new ArgumentOutOfRangeException("targets", message);
                }
            }
            else if (VectorLoops.FirstOutside(values, loss.Loss.MinTarget, loss.Loss.MaxTarget) is >= 0 and var wrong)
            {
                loss.Loss.ThrowWrong("targets", values[wrong], Training.Targets.Place(mask, index, batchSize), loss.Output.Offset + wrong);
            }
        }
    }
}
