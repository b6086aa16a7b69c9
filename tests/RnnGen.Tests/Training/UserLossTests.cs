using RnnGen.Training;

using Net = RnnGen.Tests.Training.LinearNetwork<RnnGen.Tests.Training.PerStepIdentity>;

namespace RnnGen.Tests.Training;

/// <summary>Losses that users write: as classes, and as functions of outputs.</summary>
public sealed partial class UserLossTests
{
    private static readonly float[][] Sequences = [Numbers.Draw(1, 3 * 7), Numbers.Draw(2, 3 * 4), Numbers.Draw(3, 3 * 9)];

    private static SequenceBatch Batch => SequenceBatch.Pad(Sequences, 3, Padding.Trailing);

    private static float[] Values => Numbers.Draw(5, 27 * 4);

    private static float[] Weights => [.. Enumerable.Range(0, 27).Select(row => row % 4 * 0.5f)];

    [Fact]
    public void A_loss_of_a_user_trains_as_the_same_one_of_the_library()
    {
        foreach ((LossNormalization normalization, int? every, int? backward) in new (LossNormalization, int?, int?)[]
        {
            (LossNormalization.PerStep, null, null), (LossNormalization.PerSequence, null, null),
            (LossNormalization.PerStep, 4, 2), (LossNormalization.PerSequence, 2, 5),
        })
        {
            TrainerOptions With(Loss loss) => Options(loss, every, backward, normalization);
            static double Squares(in LossRows rows, Span<float> gradients)
            {
                double sum = 0;
                for (int row = 0; row < rows.Count; row++)
                {
                    for (int k = 0; k < rows.OutputSize && rows.IsCounted(row); k++)
                    {
                        double difference = (double)rows.OutputsOf(row)[k] - rows.ValuesOf(row)[k];
                        sum += rows.Weight(row) * difference * difference / rows.OutputSize;
                        gradients[row * rows.OutputSize + k] = (float)(2 * rows.Weight(row) * difference / rows.OutputSize);
                    }
                }

                return sum;
            }

            (float[] expected, float[] losses) = Train(With(Loss.MeanSquaredError));
            (float[] actual, float[] userLosses) = Train(With(new ScriptedLoss("Squares", Squares)));
            Numbers.AssertNear([.. expected.Select(weight => (double)weight)], actual, 1e-5);
            Numbers.AssertNear([.. losses.Select(loss => (double)loss)], userLosses, 1e-5);
        }
    }

    [Fact]
    public void A_fused_loss_of_classes_trains_as_the_library_s()
    {
        using LinearNetwork<PerStepSoftmax> network = LinearNetwork<PerStepSoftmax>.Create(1), other = LinearNetwork<PerStepSoftmax>.Create(1);
        using var trainer = new Trainer<LinearNetwork<PerStepSoftmax>>(network, Options(Loss.CrossEntropy));
        using var plain = new Trainer<LinearNetwork<PerStepSoftmax>>(other, Options(new PlainCrossEntropy()));
        int[] classes = [.. Enumerable.Range(0, 27).Select(row => row * 5 % 4)];
        for (int update = 0; update < 5; update++)
            Numbers.AssertNear(trainer.Update(Batch, classes, Weights), plain.Update(Batch, classes, Weights), 1e-6);
        Numbers.AssertNear([.. network.Memory.PackedWeights.ToArray().Select(weight => (double)weight)], other.Memory.PackedWeights, 1e-6);
        Assert.Contains(
            "PlainCrossEntropy expects classes", Assert.Throws<ArgumentException>(() => plain.Update(Batch, Values)).Message, StringComparison.Ordinal);
        using LinearNetwork<PerStepSigmoid> sigmoid = LinearNetwork<PerStepSigmoid>.Create(1);
        Assert.Contains(
            "PlainCrossEntropy is fused with Softmax",
            Assert.Throws<ArgumentException>(() => new Trainer<LinearNetwork<PerStepSigmoid>>(sigmoid, Options(new PlainCrossEntropy()))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_loss_of_the_documentation_learns()
    {
        using Net network = Net.Create(1);
        using var trainer = new Trainer<Net>(network, Options(new LogCosh()));
        float first = trainer.Update(Batch, Values, Weights), last = first;
        for (int update = 0; update < 200; update++)
            last = trainer.Update(Batch, Values, Weights);
        Assert.True(last < 0.8f * first);
        TrainingSet set = Set(20);
        TrainingReport report = trainer.Fit(set, set, 2);
        Assert.Equal(report.Epochs[^1].Validation!.Value.Loss, trainer.Evaluate(set).Loss);
    }

    [Theory]
    [InlineData(1, LossNormalization.PerStep)]
    [InlineData(8, LossNormalization.PerSequence)]
    public void A_figure_that_is_not_to_be_divided_is_averaged_over_batches(int batchSize, LossNormalization normalization)
    {
        // The mean absolute error as a figure of all rows: averaged with their weights it is the mean over all.
        double Figure(in LossRows rows, Span<float> gradients) => Loss.MeanAbsoluteError.Compute(rows, gradients) / rows.TotalWeight;
        using Net network = Net.Create(1);
        using var plain = new Trainer<Net>(network, Options(Loss.MeanAbsoluteError, batchSize: batchSize));
        var loss = new ScriptedLoss("Figure", Figure) { Normalized = true };
        using var figure = new Trainer<Net>(network, Options(loss, batchSize: batchSize, normalization: normalization));
        Numbers.AssertNear(plain.Evaluate(Set(20)).Loss, figure.Evaluate(Set(20)).Loss, 1e-6);
    }

    [Fact]
    public void What_a_loss_forgets_to_write_is_named_and_the_weights_stay()
    {
        static double LeavesOne(in LossRows rows, Span<float> gradients)
        {
            for (int i = 0; i < gradients.Length; i++)
            {
                if (i != (5 * 3 + 2) * 4 + 1)
                    gradients[i] = 1;
            }

            return 1;
        }

        static double AddsToAll(in LossRows rows, Span<float> gradients)
        {
            foreach (ref float gradient in gradients)
                gradient += 1;
            return 1;
        }

        string message = Fails<InvalidOperationException>(LeavesOne);
        Assert.StartsWith("update 1: Wrong: expected Compute to write the gradient of every row that counts, got none", message, StringComparison.Ordinal);
        Assert.Contains("for output 1, step 5 of sequence 2; the weights of LinearNetwork are those before", message, StringComparison.Ordinal);
        Assert.Contains("got none for output 0, step 0 of sequence 0", Fails<InvalidOperationException>(AddsToAll), StringComparison.Ordinal);
    }

    [Fact]
    public void A_gradient_or_loss_that_is_not_finite_is_named_and_the_weights_stay()
    {
        string message = Fails<ArithmeticException>(Fills(float.NaN));
        Assert.Contains("update 1: the gradient of Wrong is NaN for output 0, step 0 of sequence 0", message, StringComparison.Ordinal);
        Assert.Contains("the gradient of Wrong is Infinity", Fails<ArithmeticException>(Fills(float.PositiveInfinity)), StringComparison.Ordinal);
        Assert.Contains("update 1: the loss is NaN (Wrong)", Fails<ArithmeticException>(Fills(0, double.NaN)), StringComparison.Ordinal);
        Assert.Contains("update 1: the loss is -Infinity (Wrong)", Fails<ArithmeticException>(Fills(1, double.NegativeInfinity)), StringComparison.Ordinal);

        static ScriptedLoss.Script Fills(float gradient, double loss = 1) => (in LossRows rows, Span<float> gradients) =>
        {
            gradients.Fill(gradient);
            return loss;
        };
    }

    [Fact]
    public void What_a_loss_throws_ends_the_update_and_training_can_go_on()
    {
        bool throws = true;
        using Net network = Net.Create(1);
        using var trainer = new Trainer<Net>(network, Options(new ScriptedLoss("Throws", (in LossRows rows, Span<float> gradients) =>
            throws ? throw new FormatException("mine") : Loss.MeanSquaredError.Compute(rows, gradients))));
        float[] before = network.Memory.PackedWeights.ToArray();
        Assert.Equal("mine", Assert.Throws<FormatException>(() => trainer.Update(Batch, Values)).Message);
        Numbers.AssertSameBits(before, network.Memory.PackedWeights);
        Assert.Equal(0, trainer.Updates);
        throws = false;
        trainer.Update(Batch, Values);
        Assert.Equal(Train(Options(Loss.MeanSquaredError), updates: 1).Weights, network.Memory.PackedWeights.ToArray());
    }

    [Fact]
    public void A_loss_cannot_use_the_trainer_that_calls_it()
    {
        Trainer<Net>? trainer = null;
        Action<Trainer<Net>>[] calls =
        [
            it => it.Update(Batch, Values), it => it.Evaluate(Set(3)), it => it.SaveCheckpoint("none"), it => it.Update(Batch, (_, _) => 0),
            it => it.Fit(Set(3), null, 1),
        ];
        foreach (Action<Trainer<Net>> call in calls)
        {
            using Net network = Net.Create(1);
            using var made = new Trainer<Net>(network, Options(new ScriptedLoss("Nested", (in LossRows rows, Span<float> gradients) =>
            {
                call(trainer!);
                return 0;
            })));
            trainer = made;
            float[] before = network.Memory.PackedWeights.ToArray();
            string message = Assert.Throws<InvalidOperationException>(() => made.Update(Batch, Values)).Message;
            Assert.Contains("Trainer<LinearNetwork>: another call is under way", message, StringComparison.Ordinal);
            Numbers.AssertSameBits(before, network.Memory.PackedWeights);
        }
    }

    [Fact]
    public void What_a_loss_takes_is_checked_before_it_is_called()
    {
        var loss = new ScriptedLoss("Positive", (in LossRows rows, Span<float> gradients) => throw new InvalidOperationException("called"))
        {
            Range = (0.5f, float.MaxValue),
        };
        using Net network = Net.Create(1);
        using var trainer = new Trainer<Net>(network, Options(loss));
        float[] values = [.. Enumerable.Repeat(1f, 108)];
        values[(3 * 3 + 1) * 4 + 2] = 0.25f;
        Assert.StartsWith(
            "targets: Positive expects a finite value of at least 0.5 as a target, got 0.25 at step 3 of sequence 1, output 2",
            Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Update(Batch, values)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("name", () => new ScriptedLoss("", (in LossRows rows, Span<float> gradients) => 0));
        ScriptedLoss.Script none = (in LossRows rows, Span<float> gradients) => 0;
        Assert.Throws<ArgumentOutOfRangeException>("Targets", () => new ScriptedLoss("a", none) { Takes = (LossTargets)7 });
        Assert.Throws<ArgumentOutOfRangeException>("MinTarget", () => new ScriptedLoss("a", none) { Range = (float.NaN, 1) });
        Assert.Throws<ArgumentOutOfRangeException>("FusedActivation", () => new ScriptedLoss("a", none) { Fused = Activation.Tanh });
        Assert.Contains(
            "Five: expected 5 outputs, got 4",
            Assert.Throws<ArgumentException>(() => new Trainer<Net>(network, Options(new ScriptedLoss("Five", none) { OnlyOutputs = 5 }))).Message,
            StringComparison.Ordinal);
        using var classes = new Trainer<Net>(network, Options(new ScriptedLoss("Classes", none) { Takes = LossTargets.Classes }));
        Assert.Contains(
            "expected classes as targets, because the loss is Classes",
            Assert.Throws<ArgumentException>(() => classes.Fit(Set(3), null, 1)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_goes_on_with_the_same_loss_only()
    {
        string path = Path.Combine(Path.GetTempPath(), $"loss-{Guid.NewGuid():N}");
        try
        {
            using Net network = Net.Create(1);
            using var trainer = new Trainer<Net>(network, Options(Loss.Huber(0.5f)));
            trainer.SaveCheckpoint(path);
            trainer.LoadCheckpoint(path);
            using var other = new Trainer<Net>(network, Options(Loss.Huber(0.25f)));
            string message = Assert.Throws<ArgumentException>(() => other.LoadCheckpoint(path)).Message;
            Assert.Contains("Loss: expected Huber(delta: 0.5), which the checkpoint was made with, got Huber(delta: 0.25)", message, StringComparison.Ordinal);
            using var mine = new Trainer<Net>(network, Options(new ScriptedLoss("Mine", (in LossRows rows, Span<float> gradients) => 0) { Settings = "(3)" }));
            Assert.Contains("got Mine(3)", Assert.Throws<ArgumentException>(() => mine.LoadCheckpoint(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_loss_is_not_called_where_nothing_counts()
    {
        byte[] mask = [1, 1, 0, 0, 0, 0, 1, 1];
        SequenceBatch batch = SequenceBatch.FromTimeMajor(Numbers.Draw(1, 24), 8, 1, 3, mask);
        var steps = new List<(int, double)>();
        using Net network = Net.Create(1);
        using var trainer = new Trainer<Net>(network, Options(new ScriptedLoss("Counted", (in LossRows rows, Span<float> gradients) =>
        {
            steps.Add((rows.Steps, rows.TotalWeight));
            return Loss.MeanSquaredError.Compute(rows, gradients);
        }), truncateEvery: 2));
        trainer.Update(batch, new float[32]);
        Assert.Equal([(2, 2), (2, 2)], steps);
        Assert.Equal(2, trainer.Updates);
    }

    private static TrainerOptions Options(
        Loss loss,
        int? truncateEvery = null,
        int? truncateBackward = null,
        LossNormalization normalization = LossNormalization.PerStep,
        int batchSize = 4) => new()
        {
            Optimizer = new Sgd(0.1f),
            Loss = loss,
            BatchSize = batchSize,
            TruncateEvery = truncateEvery,
            TruncateBackward = truncateBackward,
            Normalization = normalization,
        };

    private static (float[] Weights, float[] Losses) Train(TrainerOptions options, int updates = 5)
    {
        using Net network = Net.Create(1);
        using var trainer = new Trainer<Net>(network, options);
        float[] losses = [.. Enumerable.Range(0, updates).Select(Update)];
        float Update(int update) => update % 2 == 0 ? trainer.Update(Batch, Values) : trainer.Update(Batch, Values, Weights);
        return (network.Memory.PackedWeights.ToArray(), losses);
    }

    private static string Fails<TException>(ScriptedLoss.Script script)
        where TException : Exception
    {
        using Net network = Net.Create(1);
        using var trainer = new Trainer<Net>(network, Options(new ScriptedLoss("Wrong", script)));
        float[] before = network.Memory.PackedWeights.ToArray();
        string message = Assert.Throws<TException>(() => trainer.Update(Batch, Values)).Message;
        Numbers.AssertSameBits(before, network.Memory.PackedWeights);
        Assert.Equal(0, trainer.Updates);
        return message;
    }

    private static TrainingSet Set(int count)
    {
        float[][] sequences = [.. Enumerable.Range(0, count).Select(i => Numbers.Draw(i, 3 * (1 + i % 6)))];
        float[][] targets = [.. sequences.Select((sequence, i) => Numbers.Draw(50 + i, sequence.Length / 3 * 4))];
        float[][] weights = [.. sequences.Select((sequence, i) => Enumerable.Range(0, sequence.Length / 3).Select(step => 0.5f + (step + i) % 3).ToArray())];
        return TrainingSet.PerStep(sequences, 3, targets, weights);
    }
}
