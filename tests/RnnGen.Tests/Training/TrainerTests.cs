using RnnGen.Tests.Memory;
using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>Single updates of a hand-written network.</summary>
public sealed partial class TrainerTests
{
    private static readonly float[][] Sequences = [Numbers.Draw(1, 3 * 7), Numbers.Draw(2, 3 * 4), Numbers.Draw(3, 3 * 9)];

    private static SequenceBatch Batch => SequenceBatch.Pad(Sequences, 3, Padding.Trailing);

    private static int[] Classes => [.. Enumerable.Range(0, 27).Select(row => row * 5 % 4)];

    [Fact]
    public void An_update_moves_every_parameter_against_its_finite_difference()
    {
        using LinearNetwork<PerStepSoftmax> network = LinearNetwork<PerStepSoftmax>.Create(1);
        using var probe = new Trainer<LinearNetwork<PerStepSoftmax>>(network, Options(new Sgd(0)));
        float[] before = network.Memory.PackedWeights.ToArray();
        double[] differences = new double[before.Length];
        for (int i = 0; i < before.Length; i++)
        {
            network.Memory.PackedWeights[i] = before[i] + 0.01f;
            double above = probe.Update(Batch, Classes);
            network.Memory.PackedWeights[i] = before[i] - 0.01f;
            differences[i] = before[i] == 0 ? 0 : (above - probe.Update(Batch, Classes)) / 0.02; // nothing is exactly 0 but padding
            network.Memory.PackedWeights[i] = before[i];
        }

        using var trainer = new Trainer<LinearNetwork<PerStepSoftmax>>(network, Options(new Sgd(1)));
        trainer.Update(Batch, Classes);
        float[] moved = [.. before.Zip(network.Memory.PackedWeights.ToArray(), (from, to) => from - to)];
        Numbers.AssertNear(differences, moved, 1e-3);
        Assert.Equal(1, trainer.Updates);
    }

    [Fact]
    public void The_mean_squared_error_of_squashed_outputs_is_learnt()
    {
        using LinearNetwork<PerStepSigmoid> network = LinearNetwork<PerStepSigmoid>.Create(1);
        using var trainer = new Trainer<LinearNetwork<PerStepSigmoid>>(network, Options(new Adam(0.05f), Loss.MeanSquaredError));
        float[] targets = new float[27 * 4];
        targets.AsSpan().Fill(0.9f);
        float first = trainer.Update(Batch, targets);
        float last = first;
        for (int i = 0; i < 200; i++)
            last = trainer.Update(Batch, targets);
        Assert.InRange(last, 0, first / 20);
    }

    [Fact]
    public void Updates_allocate_nothing_once_the_tape_is_large_enough()
    {
        AssertNothingAllocated<PerStepSoftmax>(Options(new Adam(0.01f), clipNorm: 1, clipValue: 1, maxSteps: 9), warmUp: Batch);
        AssertNothingAllocated<PerStepSoftmax>(Options(new Sgd(0.01f, 0.9f), truncateEvery: 4), warmUp: Batch);
        AssertNothingAllocated<PerStepIdentity>(Options(new RmsProp(0.01f)), warmUp: Batch);
        AssertNothingAllocated<ManyToOneSoftmax>(Options(new AdamW(0.01f)), warmUp: Batch);
    }

    [Fact]
    public void A_larger_batch_takes_a_larger_tape()
    {
        (float[] expected, _) = TrainOn(Options(new Sgd(0.1f), maxSteps: 20), Batch);
        (float[] grown, _) = TrainOn(Options(new Sgd(0.1f), batchSize: 1, maxSteps: 1), Batch);
        Numbers.AssertSameBits(expected, grown);
    }

    [Fact]
    public void Clipping_by_norm_shortens_the_step_to_the_limit()
    {
        (float[] start, _) = TrainOn(Options(new Sgd(0)), Batch, updates: 1);
        (float[] free, _) = TrainOn(Options(new Sgd(1)), Batch, updates: 1);
        (float[] clipped, _) = TrainOn(Options(new Sgd(1), clipNorm: 0.01f), Batch, updates: 1);
        double Norm(float[] end) => Math.Sqrt(start.Zip(end, (a, b) => (double)(a - b) * (a - b)).Sum());

        Assert.InRange(Norm(free), 0.02, 10);
        Assert.Equal(0.01 * Norm(free) / (Norm(free) + 1e-6), Norm(clipped), 1e-6);
        (float[] value, _) = TrainOn(Options(new Sgd(1), clipValue: 0.003f), Batch, updates: 1);
        Assert.All(start.Zip(value), pair => Assert.InRange(pair.First - pair.Second, -0.00301f, 0.00301f));
        Assert.Contains(start.Zip(value), pair => pair.First - pair.Second > 0.0029f);
    }

    [Fact]
    public void The_schedule_is_asked_with_the_update_s_index()
    {
        var asked = new Recorder();
        TrainOn(Options(new Sgd(0.1f), truncateEvery: 5, schedule: asked), Batch, updates: 2);
        Assert.Equal([0, 1, 2, 3], asked.Updates);
        (float[] moved, _) = TrainOn(Options(new Sgd(0.1f), schedule: new Recorder { Value = 0 }), Batch);
        (float[] start, _) = TrainOn(Options(new Sgd(0)), Batch);
        Numbers.AssertSameBits(start, moved);
    }

    [Fact]
    public void A_loss_that_is_not_finite_leaves_the_weights_alone()
    {
        using LinearNetwork<PerStepSoftmax> network = LinearNetwork<PerStepSoftmax>.Create(1);
        using var trainer = new Trainer<LinearNetwork<PerStepSoftmax>>(network, Options(new Adam(0.1f)));
        trainer.Update(Batch, Classes);
        float[] before = network.Memory.PackedWeights.ToArray();
        SequenceBatch poisoned = SequenceBatch.FromTimeMajor([1, float.NaN, 1], 1, 1, 3);

        ArithmeticException thrown = Assert.Throws<ArithmeticException>(() => trainer.Update(poisoned, [0]));

        Assert.Contains("update 2: the loss is NaN", thrown.Message, StringComparison.Ordinal);
        Numbers.AssertSameBits(before, network.Memory.PackedWeights);
        Assert.True(float.IsFinite(trainer.Update(Batch, Classes))); // and training may go on
    }

    [Fact]
    public void A_gradient_that_is_not_finite_leaves_the_weights_alone()
    {
        using LinearNetwork<PerStepIdentity> network = LinearNetwork<PerStepIdentity>.Create(1);
        network.Memory.PackedWeights.Clear(); // outputs and loss stay finite, the gradient of W overflows
        using var trainer = new Trainer<LinearNetwork<PerStepIdentity>>(network, Options(new Sgd(0.1f), Loss.MeanSquaredError));
        SequenceBatch huge = SequenceBatch.FromTimeMajor([3e38f, 0, 0], 1, 1, 3);

        ArithmeticException thrown = Assert.Throws<ArithmeticException>(() => trainer.Update(huge, [1e4f, 0, 0, 0]));

        Assert.Contains("gradients' norm", thrown.Message, StringComparison.Ordinal);
        Numbers.AssertSameBits(new float[network.Memory.PackedWeights.Length], network.Memory.PackedWeights);
    }

    [Fact]
    public void Wrong_targets_are_refused_before_anything_changes()
    {
        using LinearNetwork<PerStepSoftmax> network = LinearNetwork<PerStepSoftmax>.Create(1);
        using var trainer = new Trainer<LinearNetwork<PerStepSoftmax>>(network, Options(new Sgd(0.1f), truncateEvery: 2));
        float[] before = network.Memory.PackedWeights.ToArray();
        int[] classes = Classes;
        classes[8 * 3 + 1] = -7; // masked: does not matter
        trainer.Update(Batch, classes);
        network.Memory.PackedWeights.Clear();
        before.CopyTo(network.Memory.PackedWeights);
        classes[8 * 3 + 2] = 4;

        var thrown = Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Update(Batch, classes));
        Assert.Contains("0 to 3 at step 8 of sequence 2, got 4", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("expected 27 classes", Assert.Throws<ArgumentException>(() => trainer.Update(Batch, new int[26])).Message, StringComparison.Ordinal);
        Assert.Contains("expected 108 values", Assert.Throws<ArgumentException>(() => trainer.Update(Batch, new float[27])).Message, StringComparison.Ordinal);
        SequenceBatch features = SequenceBatch.FromTimeMajor(new float[4], 1, 1, 4);
        Assert.Contains("expected 3 features", Assert.Throws<ArgumentException>(() => trainer.Update(features, [0])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => trainer.Update(null!, [0]));
        Numbers.AssertSameBits(before, network.Memory.PackedWeights);
    }

    [Fact]
    public void Values_are_demanded_where_classes_make_no_sense()
    {
        using LinearNetwork<PerStepIdentity> network = LinearNetwork<PerStepIdentity>.Create(1);
        using var trainer = new Trainer<LinearNetwork<PerStepIdentity>>(network, Options(new Sgd(0.1f), Loss.MeanSquaredError));
        Assert.Contains("expects values", Assert.Throws<ArgumentException>(() => trainer.Update(Batch, Classes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_many_to_one_network_has_a_target_a_sequence_and_no_truncation()
    {
        using LinearNetwork<ManyToOneSoftmax> network = LinearNetwork<ManyToOneSoftmax>.Create(1);
        using var trainer = new Trainer<LinearNetwork<ManyToOneSoftmax>>(network, Options(new Sgd(0.1f)));
        Assert.True(trainer.Update(Batch, [3, 0, 1]) > 0);
        var thrown = Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Update(Batch, [3, 4, 1]));
        Assert.Contains("for sequence 1, got 4", thrown.Message, StringComparison.Ordinal);

        string message = Assert.Throws<ArgumentException>(
            () => new Trainer<LinearNetwork<ManyToOneSoftmax>>(network, Options(new Sgd(0.1f), truncateEvery: 5))).Message;
        Assert.Contains("TruncateEvery", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_are_checked_by_name()
    {
        Assert.Equal("Optimizer", Assert.Throws<ArgumentNullException>(() => Options(null!)).ParamName);
        Assert.Equal("Loss", Assert.Throws<ArgumentNullException>(() => new TrainerOptions { Optimizer = new Sgd(1), Loss = null! }).ParamName);
        Assert.Equal("BatchSize", Assert.Throws<ArgumentOutOfRangeException>(() => Options(new Sgd(1), batchSize: 0)).ParamName);
        Assert.Equal("ClipNorm", Assert.Throws<ArgumentOutOfRangeException>(() => Options(new Sgd(1), clipNorm: 0)).ParamName);
        Assert.Equal("ClipValue", Assert.Throws<ArgumentOutOfRangeException>(() => Options(new Sgd(1), clipValue: float.NaN)).ParamName);
        Assert.Equal("TruncateEvery", Assert.Throws<ArgumentOutOfRangeException>(() => Options(new Sgd(1), truncateEvery: 0)).ParamName);
        Assert.Equal("MaxSteps", Assert.Throws<ArgumentOutOfRangeException>(() => Options(new Sgd(1), maxSteps: -1)).ParamName);
        Assert.Equal(
            "Schedule",
            Assert.Throws<ArgumentNullException>(() => new TrainerOptions { Optimizer = new Sgd(1), Loss = Loss.CrossEntropy, Schedule = null! }).ParamName);
    }

    private static TrainerOptions Options(
        Optimizer optimizer,
        Loss? loss = null,
        int batchSize = 32,
        float? clipNorm = null,
        float? clipValue = null,
        int? truncateEvery = null,
        int? maxSteps = null,
        LearningRateSchedule? schedule = null,
        int? truncateBackward = null,
        LossNormalization normalization = LossNormalization.PerStep) => new()
        {
            Optimizer = optimizer,
            Loss = loss ?? Loss.CrossEntropy,
            Schedule = schedule ?? LearningRateSchedule.Constant,
            BatchSize = batchSize,
            ClipNorm = clipNorm,
            ClipValue = clipValue,
            TruncateEvery = truncateEvery,
            MaxSteps = maxSteps,
            TruncateBackward = truncateBackward,
            Normalization = normalization,
        };

    /// <summary>The weights and losses after some updates of a new network.</summary>
    private static (float[] Weights, float[] Losses) TrainOn(
        TrainerOptions options, SequenceBatch batch, int updates = 5, float[]? weights = null)
    {
        using LinearNetwork<PerStepSoftmax> network = LinearNetwork<PerStepSoftmax>.Create(1);
        using var trainer = new Trainer<LinearNetwork<PerStepSoftmax>>(network, options);
        float Update() => weights is null ? trainer.Update(batch, Classes) : trainer.Update(batch, Classes, weights);
        float[] losses = [.. Enumerable.Range(0, updates).Select(_ => Update())];
        return (network.Memory.PackedWeights.ToArray(), losses);
    }

    private static void AssertNothingAllocated<TKind>(TrainerOptions options, SequenceBatch warmUp)
        where TKind : struct, ILinearKind
    {
        using LinearNetwork<TKind> network = LinearNetwork<TKind>.Create(1);
        using var trainer = new Trainer<LinearNetwork<TKind>>(network, options);
        int[] classes = TKind.ManyToOne ? [0, 1, 2] : Classes;
        SequenceBatch smaller = SequenceBatch.Pad(Sequences[..2], 3, Padding.Leading);
        int[] fewer = TKind.ManyToOne ? [0, 1] : Classes[..14];
        AllocatedBytes.AssertNone(() =>
        {
            trainer.Update(warmUp, classes);
            trainer.Update(smaller, fewer);
        });
    }

    private static double[] Doubles(ReadOnlySpan<float> values) => [.. values.ToArray().Select(value => (double)value)];

    private sealed class Recorder : LearningRateSchedule
    {
        public List<long> Updates { get; } = [];

        public double Value { get; init; } = 1;

        public override double Factor(long update)
        {
            Updates.Add(update);
            return Value;
        }
    }
}
