using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Graphs;

/// <summary>Training of networks with several outputs: losses and weights of each, class targets beside values, evaluation of each.</summary>
public sealed class OutputTrainingTests
{
    private const int In = ThreeOutputs.InputSize;
    private const int Count = 6;

    private static readonly NetworkOutput Speech = ThreeOutputs.Outputs.Speech, Word = ThreeOutputs.Outputs.Word, Gains = ThreeOutputs.Outputs.Gains;
    private static readonly int[] Steps = [4, 7, 3, 7, 5, 6];
    private static readonly float[][] Sequences = [.. Steps.Select((steps, i) => Numbers.Draw(i + 1, steps * In))];
    private static readonly float[][] SpeechTargets = [.. Steps.Select((steps, i) => Enumerable.Range(0, steps).Select(step => (float)((step + i) % 2)).ToArray())];
    private static readonly int[][] Words = [.. Steps.Select((steps, i) => Enumerable.Range(0, steps).Select(step => step * 3 % 5 % 4).ToArray())];
    private static readonly float[][] GainTargets = [.. Steps.Select((steps, i) => Numbers.Draw(i + 20, steps * 3))];

    /// <summary>The word is not known in every third step.</summary>
    private static readonly float[][] WordWeights = [.. Steps.Select(steps => Enumerable.Range(0, steps).Select(step => step % 3 == 0 ? 0f : 1).ToArray())];

    private static Loss Losses => Loss.PerOutput(
        new OutputLoss(Speech, Loss.BinaryCrossEntropy, weight: 0.5f), new OutputLoss(Word, Loss.CrossEntropy), new OutputLoss(Gains, Loss.MeanSquaredError, weight: 2));

    private static TrainingSet Set => TrainingSet.PerOutput(
        Sequences, In, [OutputTargets.ValuesPerStep(Gains, GainTargets), OutputTargets.ClassPerStep(Word, Words, WordWeights), OutputTargets.ValuesPerStep(Speech, SpeechTargets)]);

    [Fact]
    public void An_update_goes_down_the_slope_of_the_sum()
    {
        const float Rate = 1, Change = 1e-2f;
        using var network = new ThreeOutputs(seed: 1);
        using var trainer = new Trainer<ThreeOutputs>(network, new TrainerOptions { Optimizer = new Sgd(Rate), Loss = Losses, BatchSize = Count });
        float[][] before = [.. network.Parameters.Select(parameter => parameter.ToArray())];
        trainer.Fit(Set, null, epochs: 1);
        float[][] after = [.. network.Parameters.Select(parameter => parameter.ToArray())];
        foreach ((Parameter parameter, float[] values) in network.Parameters.Zip(before))
            parameter.Set(values);
        for (int index = 0; index < before.Length; index++)
        {
            int place = before[index].Length / 2;
            float[] values = [.. before[index]];
            values[place] = before[index][place] + Change;
            network.Parameters[index].Set(values);
            double above = trainer.Evaluate(Set).Loss;
            values[place] = before[index][place] - Change;
            network.Parameters[index].Set(values);
            double below = trainer.Evaluate(Set).Loss;
            network.Parameters[index].Set(before[index]);
            double slope = (above - below) / (2 * Change);
            Assert.Equal(slope, (before[index][place] - after[index][place]) / Rate, 2e-4);
        }
    }

    [Fact]
    public void Each_output_is_evaluated_by_itself()
    {
        using var network = new ThreeOutputs(seed: 1);
        using var trainer = new Trainer<ThreeOutputs>(network, new TrainerOptions { Optimizer = new Sgd(1), Loss = Losses, BatchSize = 4 });
        Evaluation found = trainer.Evaluate(Set);
        Assert.Null(found.Accuracy);
        Assert.Equal([Speech, Word, Gains], found.Outputs.Select(output => output.Output));
        double rows = Steps.Sum(), known = WordWeights.Sum(weights => weights.Sum());
        Assert.Equal(0.5 * found[Speech].Loss + found[Word].Loss * known / rows + 2 * found[Gains].Loss, found.Loss, 1e-5);

        // By plain loops over the answers.
        (double squares, double surprise, double correct) = (0, 0, 0);
        for (int sequence = 0; sequence < Count; sequence++)
        {
            float[] answers = new float[Steps[sequence] * ThreeOutputs.OutputSize];
            network.Predict(Sequences[sequence], answers);
            for (int step = 0; step < Steps[sequence]; step++)
            {
                ReadOnlySpan<float> row = answers.AsSpan(step * ThreeOutputs.OutputSize, ThreeOutputs.OutputSize);
                for (int gain = 0; gain < 3; gain++)
                    squares += Math.Pow(Gains.Of(row)[gain] - GainTargets[sequence][step * 3 + gain], 2) / 3;
                if (WordWeights[sequence][step] == 0)
                    continue;
                surprise -= Math.Log(Word.Of(row)[Words[sequence][step]]);
                correct += Word.Of(row).IndexOf(Word.Of(row).ToArray().Max()) == Words[sequence][step] ? 1 : 0;
            }
        }

        Assert.Equal(squares / rows, found[Gains].Loss, 1e-5);
        Assert.Equal(squares / rows, found[Gains].Regression!.MeanSquaredError, 1e-5);
        Assert.Equal(surprise / known, found[Word].Loss, 1e-5);
        Assert.Equal(correct / known, found[Word].Accuracy!.Value, 1e-5);
        Assert.Equal(known, found[Word].Classification!.Confusion.Total);
        Assert.Throws<ArgumentException>("output", () => found[ThreeOutputs.Outputs.Speech with { Offset = 1 }]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public void Targets_by_hand_give_the_bits_of_a_set(int? truncateEvery)
    {
        var options = new TrainerOptions { Optimizer = new Adam(1e-2f), Loss = Losses, BatchSize = 1, Batching = Batching.InOrder, TruncateEvery = truncateEvery };
        using var one = new ThreeOutputs(seed: 1);
        using var other = new ThreeOutputs(seed: 1);
        using var ofSet = new Trainer<ThreeOutputs>(one, options);
        using var byHand = new Trainer<ThreeOutputs>(other, options);
        ofSet.Fit(
            TrainingSet.PerOutput(Sequences, In, [OutputTargets.ValuesPerStep(Speech, SpeechTargets), OutputTargets.ClassPerStep(Word, Words), OutputTargets.ValuesPerStep(Gains, GainTargets)]),
            null, epochs: 1);
        for (int sequence = 0; sequence < Count; sequence++)
        {
            float[] targets = new float[Steps[sequence] * ThreeOutputs.OutputSize];
            for (int step = 0; step < Steps[sequence]; step++)
            {
                Span<float> row = targets.AsSpan(step * ThreeOutputs.OutputSize, ThreeOutputs.OutputSize);
                Speech.Of(row)[0] = SpeechTargets[sequence][step];
                Word.Of(row)[0] = Words[sequence][step];
                GainTargets[sequence].AsSpan(step * 3, 3).CopyTo(Gains.Of(row));
            }

            byHand.Update(SequenceBatch.Pad((float[][])[Sequences[sequence]], In, Padding.Trailing), targets);
        }

        Assert.Equal(one.Parameters.SelectMany(parameter => parameter.ToArray()), other.Parameters.SelectMany(parameter => parameter.ToArray()));
    }

    [Fact]
    public void It_learns_all_outputs_at_once()
    {
        using var network = new ThreeOutputs(seed: 1);
        using var trainer = new Trainer<ThreeOutputs>(network, new TrainerOptions { Optimizer = new Adam(2e-2f), Loss = Losses, BatchSize = 3, ClipNorm = 1 });
        Evaluation before = trainer.Evaluate(Set);
        TrainingReport report = trainer.Fit(Set, Set, epochs: 150);
        Evaluation after = trainer.Evaluate(Set);
        Assert.Equal(after.Loss, report.Epochs[^1].Validation!.Value.Loss);
        foreach (NetworkOutput output in new[] { Speech, Word, Gains })
            Assert.True(after[output].Loss < before[output].Loss / 2, $"{output.Name}: {before[output].Loss} became {after[output].Loss}");
        Assert.True(after[Word].Accuracy > 0.9f);
    }

    [Fact]
    public void A_checkpoint_knows_losses_and_targets()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using var network = new ThreeOutputs(seed: 1);
            using var trainer = new Trainer<ThreeOutputs>(network, new TrainerOptions { Optimizer = new Sgd(0.1f), Loss = Losses });
            trainer.Fit(Set, null, epochs: 1, checkpoint: new CheckpointOptions(path, every: 1));
            using var same = new Trainer<ThreeOutputs>(network, new TrainerOptions { Optimizer = new Sgd(0.1f), Loss = Losses });
            same.LoadCheckpoint(path);
            Loss others = Loss.PerOutput(new OutputLoss(Speech, Loss.BinaryCrossEntropy), new OutputLoss(Word, Loss.CrossEntropy), new OutputLoss(Gains, Loss.MeanSquaredError));
            using var other = new Trainer<ThreeOutputs>(network, new TrainerOptions { Optimizer = new Sgd(0.1f), Loss = others });
            Assert.Throws<ArgumentException>(() => other.LoadCheckpoint(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Answers_once_a_sequence_too()
    {
        using var network = new TwoAnswers(seed: 1);
        using var trainer = new Trainer<TwoAnswers>(network, new TrainerOptions
        {
            Optimizer = new Adam(2e-2f),
            Loss = Loss.PerOutput(new OutputLoss(TwoAnswers.Outputs.Label, Loss.CrossEntropy)), // the code is learnt through it alone
        });
        float[][] sequences = [.. Enumerable.Range(0, 6).Select(i => Numbers.Draw(i, 3 * (2 + i)))];
        TrainingSet set = TrainingSet.PerOutput(sequences, 3, [OutputTargets.ClassPerSequence(TwoAnswers.Outputs.Label, [0, 1, 2, 2, 1, 0])]);
        trainer.Fit(set, null, epochs: 120);
        Assert.Equal(1, trainer.Evaluate(set)[TwoAnswers.Outputs.Label].Accuracy);
    }

    [Fact]
    public void Nothing_is_allocated_once_it_runs()
    {
        using var network = new ThreeOutputs(seed: 1);
        using var trainer = new Trainer<ThreeOutputs>(network, new TrainerOptions { Optimizer = new Sgd(0.01f), Loss = Losses });
        SequenceBatch batch = Batches.Draw(1, 5, 4, In, MaskShape.None);
        float[] targets = new float[5 * 4 * ThreeOutputs.OutputSize];
        for (int warm = 0; warm < 3; warm++)
            trainer.Update(batch, targets);
        long before = GC.GetAllocatedBytesForCurrentThread();
        trainer.Update(batch, targets);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var network = new ThreeOutputs(seed: 1);
        using var trainer = new Trainer<ThreeOutputs>(network, new TrainerOptions { Optimizer = new Sgd(1), Loss = Losses });
        Assert.Contains("use Loss.PerOutput", Refused(network, Loss.CrossEntropy), StringComparison.Ordinal);
        Assert.Contains("fused with Softmax, but ThreeOutputs.speech ends in Sigmoid", Refused(network, Loss.PerOutput(new OutputLoss(Speech, Loss.CrossEntropy))), StringComparison.Ordinal);
        Assert.Contains("expected one of speech, word, gains", Refused(network, Loss.PerOutput(new OutputLoss(TwoAnswers.Outputs.Label, Loss.MeanSquaredError))), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("losses", () => Loss.PerOutput());
        Assert.Throws<ArgumentException>("losses", () => Loss.PerOutput(new OutputLoss(Word, Loss.CrossEntropy), new OutputLoss(Word, Loss.CrossEntropy)));
        Assert.Throws<ArgumentException>("loss", () => new OutputLoss(Word, Losses));
        Assert.Throws<ArgumentOutOfRangeException>("weight", () => new OutputLoss(Word, Loss.CrossEntropy, 0));

        TrainingSet plain = TrainingSet.PerStep(Sequences, In, GainTargets);
        Assert.Contains("several outputs", Assert.Throws<ArgumentException>("set", () => trainer.Evaluate(plain)).Message, StringComparison.Ordinal);
        TrainingSet fewer = TrainingSet.PerOutput(Sequences, In, [OutputTargets.ClassPerStep(Word, Words)]);
        Assert.Contains("gains, speech, word, got those of word", Assert.Throws<ArgumentException>("set", () => trainer.Evaluate(fewer)).Message, StringComparison.Ordinal);
        int[][] wrong = [.. Words.Select(words => words.Select(word => word + 1).ToArray())];
        TrainingSet classes = TrainingSet.PerOutput(
            Sequences, In, [OutputTargets.ValuesPerStep(Gains, GainTargets), OutputTargets.ClassPerStep(Word, wrong), OutputTargets.ValuesPerStep(Speech, SpeechTargets)]);
        Assert.Contains("expected classes from 0 to 3", Assert.Throws<ArgumentOutOfRangeException>("set", () => trainer.Evaluate(classes)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("targets", () => TrainingSet.PerOutput(Sequences, In, [OutputTargets.ValuesPerStep(Speech, SpeechTargets), OutputTargets.ClassPerSequence(Word, [1, 2, 3, 1, 2, 3])]));
        Assert.Throws<ArgumentException>("targets", () => TrainingSet.PerOutput(Sequences, In, [OutputTargets.ClassPerStep(Word, Words[..5])]));
        float[] byHand = new float[Steps[0] * ThreeOutputs.OutputSize];
        Word.Of(byHand.AsSpan())[0] = 1.5f;
        Assert.Contains(
            "word expects a class from 0 to 3", Assert.Throws<ArgumentOutOfRangeException>("targets", () => trainer.Update(SequenceBatch.Pad((float[][])[Sequences[0]], In, Padding.Trailing), byHand)).Message,
            StringComparison.Ordinal);
    }

    private static string Refused(ThreeOutputs network, Loss loss) =>
        Assert.Throws<ArgumentException>("options", () => new Trainer<ThreeOutputs>(network, new TrainerOptions { Optimizer = new Sgd(1), Loss = loss })).Message;
}
