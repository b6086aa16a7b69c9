using RnnGen.Training;

using Net = RnnGen.Tests.Training.LinearNetwork<RnnGen.Tests.Training.PerStepSoftmax>;

namespace RnnGen.Tests.Training;

/// <summary>The end of a trainer. <see cref="ThreadStressTests"/> disposes of trainers with threads at any moment.</summary>
public sealed class TrainerDisposeTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"disposed-{Guid.NewGuid():N}");

    private static SequenceBatch Batch => SequenceBatch.FromTimeMajor(Numbers.Draw(1, 24), 4, 2, 3);

    private static TrainingSet Set { get; } =
        TrainingSet.PerStep([.. Enumerable.Range(0, 9).Select(i => Numbers.Draw(i, 6))], 3, [.. Enumerable.Repeat(new int[2], 9)]);

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // it has no tape yet
    public void Every_method_throws_after_it_and_the_network_lives_on(bool used)
    {
        using Net network = Net.Create(1);
        var trainer = new Trainer<Net>(network, Options());
        if (used)
            trainer.Update(Batch, new int[8]);
        trainer.Dispose();
        trainer.Dispose();
        Action[] calls =
        [
            () => trainer.Update(Batch, new int[8]), () => trainer.Update(Batch, new int[8], new float[8]), () => trainer.Update(Batch, new float[32]),
            () => trainer.Update(Batch, new float[32], new float[8]), () => trainer.Update(Batch, (_, _) => 0), () => trainer.Fit(Set, null, 1),
            () => trainer.Evaluate(Set), () => trainer.SaveCheckpoint(_path), () => trainer.LoadCheckpoint(_path), trainer.AbandonFit,
        ];
        foreach (Action call in calls)
            Assert.Equal("Trainer<LinearNetwork>", Assert.Throws<ObjectDisposedException>(call).ObjectName);
        Assert.False(File.Exists(_path));
        Assert.Equal((network, used ? 1 : 0), (trainer.Network, trainer.Updates));

        using var another = new Trainer<Net>(network, Options());
        Assert.True(another.Update(Batch, new int[8]) > 0);
    }

    [Fact]
    public void From_a_progress_report_it_ends_Fit_with_the_weights_of_that_moment()
    {
        foreach (int stop in new[] { 1, 2, 3, 4 })
        {
            using Net network = Net.Create(1);
            var trainer = new Trainer<Net>(network, Options());
            float[] weights = [];
            int told = 0;
            Assert.Equal("Trainer<LinearNetwork>", Assert.Throws<ObjectDisposedException>(() => trainer.Fit(Set, Set, 2, new Listener(_ =>
            {
                Assert.InRange(++told, 1, stop);
                if (told < stop)
                    return;
                trainer.Dispose();
                weights = network.Memory.PackedWeights.ToArray();
            }))).ObjectName);
            Numbers.AssertSameBits(weights, network.Memory.PackedWeights);
        }
    }

    [Fact]
    public void From_within_a_loss_or_an_optimiser_it_leaves_a_whole_update_or_none()
    {
        foreach (bool inLoss in new[] { true, false })
        {
            Trainer<Net>? trainer = null;
            var loss = new ScriptedLoss("Ends", (in LossRows rows, Span<float> gradients) =>
            {
                if (inLoss)
                    trainer!.Dispose();
                return Loss.CrossEntropy.Compute(rows, gradients);
            })
            {
                Takes = LossTargets.Classes,
                Fused = Activation.Softmax,
            };
            var optimizer = new ScriptedOptimizer("Ends", 0, (in OptimizerUpdate update) =>
            {
                trainer!.Dispose();
                for (int i = 0; i < update.Weights.Length; i++)
                    update.Weights[i] -= 0.1f * update.Gradients[i];
            });
            using Net network = Net.Create(1), expected = Net.Create(1);
            using var plain = new Trainer<Net>(expected, Options());
            trainer = new Trainer<Net>(network, Options(loss, optimizer));
            if (!inLoss)
                plain.Update(Batch, new int[8]);
            Assert.Equal("Trainer<LinearNetwork>", Assert.Throws<ObjectDisposedException>(() => trainer.Update(Batch, new int[8])).ObjectName);
            Assert.Equal(plain.Updates, trainer.Updates);
            Numbers.AssertSameBits(expected.Memory.PackedWeights, network.Memory.PackedWeights);
        }
    }

    [Fact]
    public void It_lets_its_memory_go()
    {
        using Net network = Net.Create(1);
        var trainer = new Trainer<Net>(network, Options());
        trainer.Update(Batch, new int[8]);
        long before = trainer.HeldMemory;
        trainer.Dispose();
        Assert.True(trainer.HeldMemory < before / 2);
    }

    [Fact]
    public void A_disposed_network_is_named_itself()
    {
        Net network = Net.Create(1);
        using var trainer = new Trainer<Net>(network, Options());
        network.Dispose();
        Assert.Equal("LinearNetwork", Assert.Throws<ObjectDisposedException>(() => trainer.Update(Batch, new int[8])).ObjectName);
    }

    private static TrainerOptions Options(Loss? loss = null, Optimizer? optimizer = null) =>
        new() { Optimizer = optimizer ?? new Sgd(0.1f), Loss = loss ?? Loss.CrossEntropy, BatchSize = 3 };
}
