using RnnGen.Runtime;

namespace RnnGen.Training;

/// <content>Passes over a batch: whole, or in chunks where training is truncated.</content>
public sealed partial class Trainer<TNetwork>
{
    /// <summary>Steps of a tape that is long enough for batches of some steps.</summary>
    private int TapeSteps(int steps) =>
        Options.TruncateEvery is int every ? Math.Min(steps, Math.Max(every, Options.TruncateBackward ?? every)) : steps;

    /// <summary>Runs a batch with checked targets, and updates after each chunk if asked to.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="batch">The sequences.</param>
    /// <param name="targets">What the network should have answered.</param>
    /// <param name="update">Whether to train; otherwise nothing but scratch memory changes.</param>
    /// <param name="metrics">Accumulates the outputs; null for none.</param>
    /// <param name="argument">The argument that the batch comes from, for messages.</param>
    private PassResult Pass(Loss loss, SequenceBatch batch, Targets targets, bool update, IMetrics? metrics = null, string argument = "batch")
    {
        int every = Math.Min(Options.TruncateEvery ?? batch.Steps, batch.Steps);
        int backward = update ? Options.TruncateBackward ?? every : every;
        Tape<TNetwork> tape = Reserve(TapeSteps(batch.Steps), batch.BatchSize, argument, argument);
        BeginSequences(tape, update);

        var result = new PassResult(0, 0, 0, batch.BatchSize);
        int position = 0; // the step that the tape's initial state lies before
        for (int start = 0; start < batch.Steps; start += every)
        {
            int end = Math.Min(start + every, batch.Steps);
            double weight = WeightOf(batch, targets, start, end);
            double divisor = NormalizationOf(loss) == LossNormalization.PerSequence ? batch.BatchSize : weight;
            var found = default(PassResult);

            // The gradient flows through the last steps only: earlier ones are just run, and count if they are this chunk's.
            int window = Math.Max(position, end - backward);
            if (window > position)
            {
                Forward(tape, Part(batch, position, window - position), position);
                if (window > start)
                    found = LossOf(loss, tape, batch, targets, start, start, window, divisor, update: false, metrics);
                CarryOver(tape);
                position = window;
            }

            int first = Math.Max(start, window);
            Forward(tape, Part(batch, window, end - window), window);
            PassResult last = LossOf(loss, tape, batch, targets, window, first, end, divisor, update, metrics);
            found = found.With(last);
            if (update && last.Weight > 0)
                ApplyGradients(loss, tape, found.LossSum / divisor, _lossGradients.AsSpan(0, tape.Outputs.Length));
            if (backward <= every)
            {
                CarryOver(tape);
                position = end;
            }

            result = result.With(found);
        }

        return result;
    }

    /// <summary>The one place where networks run forward for a trainer.</summary>
    private void Forward(Tape<TNetwork> tape, SequenceBatch batch, int start)
    {
        tape.FirstStep = start;
        Network.Forward(tape, batch);
    }

    /// <summary>
    /// The state before a batch's first step: zero, or learned. In training it also decides the noise, for all chunks alike: by seed and updates, so that a
    /// resumed run draws the same.
    /// </summary>
    private void BeginSequences(Tape<TNetwork> tape, bool training)
    {
        tape.InitialState.Clear();
        tape.UseLearnedState = true;
        ulong mixer = unchecked((ulong)Options.Seed);
        mixer = unchecked(Xoshiro256.SplitMix64(ref mixer) + (ulong)Updates); // mixed before it is added to: seed 1's update 2 is not seed 2's update 1
        tape.DropoutSeed = training ? unchecked((long)Xoshiro256.SplitMix64(ref mixer)) : null;
    }

    /// <summary>The state before a later chunk, as values: no gradient crosses the cut.</summary>
    private static void CarryOver(Tape<TNetwork> tape)
    {
        tape.FinalState.CopyTo(tape.InitialState);
        tape.UseLearnedState = false;
    }

    /// <summary>Some steps of a batch; only until the next part is asked for.</summary>
    private SequenceBatch Part(SequenceBatch batch, int start, int count) =>
        count == batch.Steps ? batch : _part = batch.Slice(start, count, _part);

    /// <summary>How much the steps of a chunk count together.</summary>
    private double WeightOf(SequenceBatch batch, Targets targets, int start, int end) => _layout.ManyToOne
        ? targets.TotalWeight(default, batch.BatchSize)
        : TargetsOf(batch, targets, start, end).TotalWeight(MaskOf(batch, start, end), (end - start) * batch.BatchSize);

    /// <summary>The loss of some steps that the tape holds the answers to, and its gradient; the gradient of the tape's other steps is 0.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="tape">The tape.</param>
    /// <param name="batch">The whole batch.</param>
    /// <param name="targets">Its targets.</param>
    /// <param name="tapeStart">The step that the tape starts with.</param>
    /// <param name="start">The first step that counts.</param>
    /// <param name="end">The step after the last one, which is the tape's.</param>
    /// <param name="divisor">What the sum of weighted losses is divided by.</param>
    /// <param name="update">Whether the gradient is used; it is then checked.</param>
    /// <param name="metrics">Accumulates the outputs.</param>
    private PassResult LossOf(
        Loss loss,
        Tape<TNetwork> tape,
        SequenceBatch batch,
        Targets targets,
        int tapeStart,
        int start,
        int end,
        double divisor,
        bool update,
        IMetrics? metrics)
    {
        int size = _layout.OutputSize;
        int skipped = (start - tapeStart) * batch.BatchSize * size;
        Targets part = TargetsOf(batch, targets, start, end);
        var rows = new LossRows
        {
            Logits = tape.Logits[skipped..],
            Outputs = tape.Outputs[skipped..],
            Mask = MaskOf(batch, start, end),
            Targets = part,
            Count = _layout.ManyToOne ? batch.BatchSize : (end - start) * batch.BatchSize,
            BatchSize = batch.BatchSize,
            OutputSize = size,
            Heads = _heads,
            Activation = _layout.OutputActivation,
            Fusion = loss.Fusion,
        };
        double weight = rows.TotalWeight;
        Span<float> gradients = _lossGradients.AsSpan(0, tape.Outputs.Length);
        gradients[..skipped].Clear();
        gradients = gradients[skipped..];
        double value = LossGradients.Compute(loss, rows, gradients, weight);
        if (update && weight > 0)
        {
            if (double.IsFinite(value))
                CheckGradients(loss, gradients, batch.BatchSize, start);
            double factor = (loss.IsNormalized ? weight : 1) / divisor;
            if (factor != 1)
                VectorLoops.Scale(gradients, (float)factor);
        }

        metrics?.Add(rows, part);
        return new PassResult(loss.IsNormalized ? value * weight : value, weight, part.HasClassTargets ? rows.WeightOfCorrect(part.Classes) : 0, Sequences: 0);
    }

    /// <summary>How a loss is divided: a figure that is not to be divided is averaged with the weights of its rows.</summary>
    private LossNormalization NormalizationOf(Loss loss) => loss.IsNormalized ? LossNormalization.PerStep : Options.Normalization;

    /// <summary>Refuses the gradient of a loss that is not finite, or that it has not written.</summary>
    /// <exception cref="ArithmeticException">A value is not finite.</exception>
    /// <exception cref="InvalidOperationException">A value was not written.</exception>
    private void CheckGradients(Loss loss, ReadOnlySpan<float> gradients, int batchSize, int start)
    {
        int wrong = LossGradients.FirstWrong(gradients);
        if (wrong < 0)
            return;
        (int row, int output) = Math.DivRem(wrong, _layout.OutputSize);
        string place = _layout.ManyToOne ? $"sequence {row}" : $"step {start + row / batchSize} of sequence {row % batchSize}";
        string weights = $"the weights of {_layout.Network} are those before this update";
        if (LossGradients.IsUnwritten(gradients[wrong]))
        {
            string expected = "expected Compute to write the gradient of every row that counts";
            throw new InvalidOperationException($"update {Updates + 1}: {loss.Name}: {expected}, got none for output {output}, {place}; {weights}");
        }

        throw new ArithmeticException($"update {Updates + 1}: the gradient of {loss.Name} is {gradients[wrong]} for output {output}, {place}; {weights}");
    }

    private Targets TargetsOf(SequenceBatch batch, Targets targets, int start, int end) =>
        end - start == batch.Steps ? targets : targets.Slice(start * batch.BatchSize, (end - start) * batch.BatchSize, _layout.OutputSize);

    private ReadOnlySpan<byte> MaskOf(SequenceBatch batch, int start, int end) =>
        _layout.ManyToOne ? default : batch.Mask[(start * batch.BatchSize)..(end * batch.BatchSize)];
}
