using RnnGen.Training;

using Net = RnnGen.Tests.Training.LinearNetwork<RnnGen.Tests.Training.ManyToOneSoftmax>;

namespace RnnGen.Tests.Training;

/// <summary>Optimisers that users write.</summary>
public sealed class UserOptimizerTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"optimizer-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void An_optimiser_of_a_user_goes_on_from_a_checkpoint_with_the_same_bits()
    {
        foreach (Optimizer optimizer in new Optimizer[] { new Lion(1e-2f), Momentum(), ThreeSlots("Three") })
        {
            using Net network = Net.Create(1), other = Net.Create(77);
            using var trainer = new Trainer<Net>(network, Options(optimizer));
            TrainingReport expected = trainer.Fit(Set(1, 30), Set(2, 10), 4);
            Assert.True(expected.Epochs[^1].Training.Loss < expected.Epochs[0].Training.Loss);

            using Net killed = Net.Create(1);
            using var first = new Trainer<Net>(killed, Options(optimizer));
            first.Fit(Set(1, 30), Set(2, 10), 4, new Listener(told =>
            {
                if (told is { Epoch: 2, Batch: 3 })
                    first.SaveCheckpoint(_path);
            }));
            using var resumed = new Trainer<Net>(other, Options(optimizer));
            resumed.LoadCheckpoint(_path);
            Assert.Equal(8, resumed.Updates);
            TrainingReport report = resumed.Fit(Set(1, 30), Set(2, 10), 4);
            Assert.Equal(
                expected.Epochs.Select(epoch => (epoch.Training, epoch.Validation)), report.Epochs.Select(epoch => (epoch.Training, epoch.Validation)));
            Numbers.AssertSameBits(network.Memory.PackedWeights, other.Memory.PackedWeights);
        }
    }

    [Fact]
    public void Momentum_of_a_user_computes_what_the_library_s_does()
    {
        using Net network = Net.Create(1), other = Net.Create(1);
        using var library = new Trainer<Net>(network, Options(new Sgd(0.05f, momentum: 0.5f)));
        using var users = new Trainer<Net>(other, Options(Momentum()));
        library.Fit(Set(1, 30), null, 3);
        users.Fit(Set(1, 30), null, 3);
        Numbers.AssertSameBits(network.Memory.PackedWeights, other.Memory.PackedWeights);
    }

    [Fact]
    public void An_update_is_told_its_number_its_rate_and_clipped_gradients()
    {
        var told = new List<(long, double)>();
        double norm = 0;
        var optimizer = new ScriptedOptimizer("Told", 0, (in OptimizerUpdate update) =>
        {
            told.Add((update.Number, update.LearningRate));
            norm = Math.Sqrt(VectorLoops.SumOfSquares(update.Gradients));
            Assert.Equal(Net.Layout.WeightsLength, update.Weights.Length);
            Assert.Equal(Net.Layout.WeightsLength, update.Gradients.Length);
        });
        using Net network = Net.Create(1);
        using var trainer = new Trainer<Net>(network, new TrainerOptions
        {
            Optimizer = optimizer, Loss = Loss.CrossEntropy, ClipNorm = 1e-3f, Schedule = LearningRateSchedule.Step(2, 0.5),
        });
        for (int update = 0; update < 4; update++)
            trainer.Update(SequenceBatch.FromTimeMajor([1, 2, 3], 1, 1, 3), [1]);
        double rate = optimizer.LearningRate;
        Assert.Equal([(1, rate), (2, rate), (3, rate / 2), (4, rate / 2)], told);
        Assert.Equal(1e-3, norm, 1e-5);
    }

    [Fact]
    public void A_checkpoint_with_other_slots_or_of_another_optimiser_is_refused()
    {
        void Save(Optimizer optimizer)
        {
            using Net network = Net.Create(1);
            using var trainer = new Trainer<Net>(network, Options(optimizer));
            trainer.Fit(Set(1, 30), null, 1);
            trainer.SaveCheckpoint(_path);
        }

        string Refused(Optimizer optimizer)
        {
            using Net network = Net.Create(1);
            float[] before = network.Memory.PackedWeights.ToArray();
            using var trainer = new Trainer<Net>(network, Options(optimizer));
            string message = Assert.Throws<ArgumentException>(() => trainer.LoadCheckpoint(_path)).Message;
            Numbers.AssertSameBits(before, network.Memory.PackedWeights);
            Assert.Equal(0, trainer.Updates);
            return message;
        }

        static void Nothing(in OptimizerUpdate update)
        {
        }

        Save(ThreeSlots("Mine"));
        Assert.StartsWith(
            $"{_path}: Optimizer: Mine expects a checkpoint with 2 slots (values remembered of each weight), got 3",
            Refused(new ScriptedOptimizer("Mine", 2, Nothing)),
            StringComparison.Ordinal);
        Assert.Contains("expects a checkpoint with 4 slots", Refused(new ScriptedOptimizer("Mine", 4, Nothing)), StringComparison.Ordinal);
        string message = Refused(new ScriptedOptimizer("Mine", 6, Nothing, requiredSlots: 4));
        Assert.Contains("expects a checkpoint with 4 to 6 slots", message, StringComparison.Ordinal);
        Assert.Contains("Optimizer: expected Mine, which the checkpoint was made with, got Other", Refused(ThreeSlots("Other")), StringComparison.Ordinal);
        Assert.Contains("got Lion(0.01, 0.9, 0.99)", Refused(new Lion(0.01f)), StringComparison.Ordinal);

        // A later version of an optimiser that remembers more begins with 0 in what the file lacks.
        using Net network = Net.Create(1);
        using var more = new Trainer<Net>(network, Options(new ScriptedOptimizer("Mine", 5, Nothing, requiredSlots: 3)));
        more.LoadCheckpoint(_path);
        Assert.Equal(5, more.Updates);
        more.SaveCheckpoint(_path);
        Assert.Contains("expects a checkpoint with 3 slots (values remembered of each weight), got 5", Refused(ThreeSlots("Mine")), StringComparison.Ordinal);
    }

    [Fact]
    public void An_optimiser_that_changes_padding_is_named_and_padding_is_zero_again()
    {
        void AssertNamed(string expected, int slots, ScriptedOptimizer.Script script)
        {
            using Net network = Net.Create(1);
            bool[] padding = [.. network.Memory.PackedWeights.ToArray().Select(weight => weight == 0)];
            Assert.Contains(true, padding);
            using var trainer = new Trainer<Net>(network, Options(new ScriptedOptimizer("Wrong", slots, script)));
            string message = Assert.Throws<InvalidOperationException>(() => trainer.Fit(Set(1, 30), null, 1)).Message;
            Assert.StartsWith(
                "Optimizer Wrong: expected an update to leave 0 where weight, gradient and slots are 0 (padding), got", message, StringComparison.Ordinal);
            Assert.Contains(expected, message, StringComparison.Ordinal);
            Assert.All(padding.Zip(network.Memory.PackedWeights.ToArray()), pair => Assert.True(!pair.First || pair.Second == 0));
            Assert.Equal(1, trainer.Updates);
        }

        AssertNamed("got 0.5 as weight", 0, (in OptimizerUpdate update) =>
        {
            foreach (ref float weight in update.Weights)
                weight += 0.5f;
        });
        AssertNamed("got NaN as weight", 0, (in OptimizerUpdate update) =>
        {
            for (int i = 0; i < update.Weights.Length; i++)
                update.Weights[i] -= update.Gradients[i] / MathF.Abs(update.Gradients[i]);
        });
        AssertNamed("got 1 as slot 1", 2, (in OptimizerUpdate update) => update.Slot(1).Fill(1));
    }

    [Fact]
    public void What_an_optimiser_declares_is_checked()
    {
        static void Nothing(in OptimizerUpdate update)
        {
        }

        Assert.Throws<ArgumentOutOfRangeException>("slots", () => new ScriptedOptimizer("a", -1, Nothing));
        Assert.Throws<ArgumentOutOfRangeException>("slots", () => new ScriptedOptimizer("a", 9, Nothing));
        Assert.Throws<ArgumentOutOfRangeException>("requiredSlots", () => new ScriptedOptimizer("a", 1, Nothing, requiredSlots: 2));
        Assert.Throws<ArgumentOutOfRangeException>("learningRate", () => new Lion(float.NaN));
        using Net network = Net.Create(1);
        using var trainer = new Trainer<Net>(network, Options(new ScriptedOptimizer("Greedy", 1, (in OptimizerUpdate update) => update.Slot(1).Clear())));
        string message = Assert.Throws<ArgumentOutOfRangeException>("index", () => trainer.Fit(Set(1, 30), null, 1)).Message;
        Assert.StartsWith("index: expected a slot of Greedy, which has 1, from 0, got 1", message, StringComparison.Ordinal);
        Assert.Equal(0, trainer.Updates);
        Assert.Equal("RnnGen.Tests.Training.UserOptimizerTests+Plain(learningRate: 0.5, weightDecay: 0)", new Plain().ToString());
        Assert.Equal((2, 1, 1), (new Adam(1).Slots, new Adagrad(1).RequiredSlots, new Sgd(1, 0.9f).Slots));
    }

    private static ScriptedOptimizer Momentum() => new("Momentum", 1, (in OptimizerUpdate update) =>
    {
        Span<float> weights = update.Weights, velocity = update.Slot(0);
        for (int i = 0; i < weights.Length; i++)
        {
            velocity[i] = 0.5f * velocity[i] + update.Gradients[i];
            weights[i] -= (float)update.LearningRate * velocity[i];
        }
    });

    /// <summary>Each slot follows the one before it, so that all of them matter.</summary>
    private static ScriptedOptimizer ThreeSlots(string name) => new(name, 3, (in OptimizerUpdate update) =>
    {
        for (int i = 0; i < update.Weights.Length; i++)
        {
            update.Slot(0)[i] = 0.5f * update.Slot(0)[i] + update.Gradients[i];
            update.Slot(1)[i] = 0.5f * update.Slot(1)[i] + update.Slot(0)[i];
            update.Slot(2)[i] = 0.5f * update.Slot(2)[i] + update.Slot(1)[i];
            update.Weights[i] -= 0.2f * (float)update.LearningRate * update.Slot(2)[i];
        }
    });

    private static TrainerOptions Options(Optimizer optimizer) => new() { Optimizer = optimizer, Loss = Loss.CrossEntropy, BatchSize = 7, Seed = 3 };

    private static TrainingSet Set(int seed, int count)
    {
        float[][] sequences = [.. Enumerable.Range(0, count).Select(i => Numbers.Draw(1000 * seed + i, 3 * (2 + i % 5)))];
        return TrainingSet.PerSequence(sequences, 3, (int[])[.. sequences.Select(sequence => (sequence[0] > 0 ? 1 : 0) + (sequence[1] > 0 ? 2 : 0))]);
    }

    private sealed class Plain() : Optimizer(0.5f)
    {
        protected internal override void Update(in OptimizerUpdate update)
        {
        }
    }
}
