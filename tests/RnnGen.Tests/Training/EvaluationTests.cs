using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>What a trainer finds on weighted sets, however they are batched, padded and cut.</summary>
public sealed class EvaluationTests
{
    [Theory]
    [InlineData(1, null, Padding.Trailing)]
    [InlineData(8, null, Padding.Leading)]
    [InlineData(8, 3, Padding.Leading)]
    [InlineData(100, 4, Padding.Trailing)]
    public void Every_figure_is_that_of_the_steps_that_count(int batchSize, int? truncateEvery, Padding padding)
    {
        using LinearNetwork<PerStepSoftmax> network = LinearNetwork<PerStepSoftmax>.Create(3);
        (float[][] sequences, int[][] classes, float[][] weights) = Labelled(23);
        var expected = new ClassificationMetrics(4, topK: 2);
        double loss = 0;
        double total = 0;
        using Tape<LinearNetwork<PerStepSoftmax>> tape = LinearNetwork<PerStepSoftmax>.CreateTape(7, 1);
        for (int i = 0; i < 23; i++)
        {
            network.Forward(tape, SequenceBatch.Pad([sequences[i]], 3, Padding.Trailing));
            expected.Add(tape.Logits, classes[i], default, weights[i]);
            for (int step = 0; step < classes[i].Length; step++)
            {
                if (weights[i][step] == 0)
                    continue;
                loss -= weights[i][step] * Math.Log(tape.Outputs[step * 4 + classes[i][step]]);
                total += weights[i][step];
            }
        }

        TrainingSet set = TrainingSet.PerStep(sequences, 3, classes, weights, padding);
        foreach (LossNormalization normalization in Enum.GetValues<LossNormalization>())
        {
            using var trainer = new Trainer<LinearNetwork<PerStepSoftmax>>(network, Options(Loss.CrossEntropy, batchSize, truncateEvery, normalization));
            Evaluation found = trainer.Evaluate(set, topK: 2);
            Numbers.AssertNear(loss / (normalization == LossNormalization.PerStep ? total : 23), found.Loss, 1e-5);
            Assert.Equal((float)expected.Accuracy, found.Accuracy);
            Assert.Equal(expected.TopAccuracy, found.Classification!.TopAccuracy, 1e-12);
            Assert.Equal(expected.Confusion.MacroF1, found.Classification.Confusion.MacroF1, 1e-12);
            Assert.Equal(total, found.Classification.Confusion.Total, 1e-9);
            Assert.Equal(new Score(found.Loss, found.Accuracy), found.Score);
            Assert.Null(found.Regression);
            Assert.Equal(0, trainer.Updates);
        }
    }

    [Fact]
    public void Values_are_measured()
    {
        using LinearNetwork<PerStepIdentity> network = LinearNetwork<PerStepIdentity>.Create(3);
        (float[][] sequences, _, float[][] weights) = Labelled(15);
        float[][] targets = [.. sequences.Select((sequence, i) => Numbers.Draw(50 + i, sequence.Length / 3 * 4))];
        using var trainer = new Trainer<LinearNetwork<PerStepIdentity>>(network, Options(Loss.MeanSquaredError, 4));
        Evaluation found = trainer.Evaluate(TrainingSet.PerStep(sequences, 3, targets, weights, Padding.Leading));
        Numbers.AssertNear(found.Regression!.MeanSquaredError, found.Loss, 1e-6);
        Assert.Equal(weights.Sum(steps => steps.Sum(weight => (double)weight)), found.Regression.Total, 1e-9);
        Assert.True(found.Regression.MeanAbsoluteError > 0 && found.Regression.RSquared < 0.5);
        Assert.Null(found.Accuracy);
        Assert.Null(found.Classification);
    }

    [Fact]
    public void Training_reports_follow_weights_and_normalisation()
    {
        (float[][] sequences, int[][] classes, float[][] weights) = Labelled(20);
        TrainingSet set = TrainingSet.PerStep(sequences, 3, classes, weights);
        foreach (LossNormalization normalization in Enum.GetValues<LossNormalization>())
        {
            using LinearNetwork<PerStepSoftmax> network = LinearNetwork<PerStepSoftmax>.Create(3);
            TrainerOptions still = Options(Loss.CrossEntropy, 6, 3, normalization, learningRate: 0);
            using var trainer = new Trainer<LinearNetwork<PerStepSoftmax>>(network, still);
            EpochReport epoch = trainer.Fit(set, set, 1).Epochs[0];
            Evaluation found = trainer.Evaluate(set);
            Numbers.AssertNear(found.Loss, epoch.Training.Loss, 1e-6);
            Assert.Equal(found.Accuracy!.Value, epoch.Training.Accuracy!.Value, 1e-6);
            Assert.Equal(found.Score.Accuracy, epoch.Validation!.Value.Accuracy);
        }
    }

    [Fact]
    public void A_mini_batch_in_which_nothing_counts_is_no_update_and_no_NaN()
    {
        using LinearNetwork<PerStepSoftmax> network = LinearNetwork<PerStepSoftmax>.Create(3);
        (float[][] sequences, int[][] classes, float[][] weights) = Labelled(10);
        for (int i = 0; i < 9; i++)
            weights[i].AsSpan().Clear();
        (weights[9][0], classes[9][0]) = (1, 2);
        using var trainer = new Trainer<LinearNetwork<PerStepSoftmax>>(network, Options(Loss.CrossEntropy, 1));
        var told = new List<TrainingProgress>();
        trainer.Fit(TrainingSet.PerStep(sequences, 3, classes, weights), null, 2, new Listener(told.Add));
        Assert.Equal(2, trainer.Updates);
        Assert.All(told, progress => Assert.True(float.IsFinite(progress.Loss) && float.IsFinite(progress.Accuracy!.Value)));
        Assert.Contains(told, progress => progress.Loss == 0);
        Assert.Contains("topK: expected 1 to 4 (OutputSize), got 5", Assert.Throws<ArgumentOutOfRangeException>(
            () => trainer.Evaluate(TrainingSet.PerStep(sequences, 3, classes, weights), 5)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Padding_on_either_side_trains_the_same_network()
    {
        (float[][] sequences, int[][] classes, float[][] weights) = Labelled(20);
        float[] Train(Padding padding)
        {
            using LinearNetwork<PerStepSoftmax> network = LinearNetwork<PerStepSoftmax>.Create(3);
            using var trainer = new Trainer<LinearNetwork<PerStepSoftmax>>(network, Options(Loss.CrossEntropy, 6));
            trainer.Fit(TrainingSet.PerStep(sequences, 3, classes, weights, padding), null, 3);
            return network.Memory.PackedWeights.ToArray();
        }

        Numbers.AssertNear([.. Train(Padding.Trailing).Select(weight => (double)weight)], Train(Padding.Leading), 1e-5);
    }

    private static TrainerOptions Options(
        Loss loss,
        int batchSize,
        int? truncateEvery = null,
        LossNormalization normalization = LossNormalization.PerStep,
        float learningRate = 0.1f) => new()
        {
            Optimizer = new Sgd(learningRate),
            Loss = loss,
            BatchSize = batchSize,
            TruncateEvery = truncateEvery,
            Normalization = normalization,
        };

    private static (float[][] Sequences, int[][] Classes, float[][] Weights) Labelled(int count)
    {
        float[][] sequences = [.. Enumerable.Range(0, count).Select(i => Numbers.Draw(i, 3 * (1 + i % 7)))];
        float[][] weights = [.. sequences.Select((sequence, i) => Enumerable.Range(0, sequence.Length / 3).Select(step => (step + i) % 3 * 0.5f).ToArray())];
        int[][] classes = [.. weights.Select((steps, i) => steps.Select((weight, step) => weight == 0 ? -1 : (step * 3 + i) % 4).ToArray())];
        return (sequences, classes, weights);
    }
}
