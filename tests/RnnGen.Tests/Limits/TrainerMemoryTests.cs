using RnnGen.Runtime;
using RnnGen.Tests.Memory;
using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Limits;

/// <summary>A trainer's memory: what it has seen before never keeps it from a batch that a new trainer takes.</summary>
public sealed class TrainerMemoryTests
{
    private static readonly SequenceBatch Long = Batches.Draw(1, 300, 1, 3, MaskShape.None);
    private static readonly SequenceBatch Wide = Batches.Draw(2, 7, 50, 3, MaskShape.Gaps);
    private static readonly SequenceBatch Small = Batches.Draw(3, 5, 3, 3, MaskShape.Trailing);

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    [InlineData(true, 2)]
    public void Batches_of_unequal_shapes_give_the_bits_of_new_trainers(bool wideFirst, int threads)
    {
        SequenceBatch[] batches = wideFirst ? [Wide, Long, Small, Wide, Long] : [Long, Wide, Small, Long, Wide];
        using var network = new TrainedBothWays(seed: 1);
        using var expected = new TrainedBothWays(seed: 1);
        using var trainer = new Trainer<TrainedBothWays>(network, Options(threads));
        long most = 0;
        foreach (SequenceBatch batch in batches)
        {
            using var fresh = new Trainer<TrainedBothWays>(expected, Options(threads));
            Numbers.AssertSameBits([fresh.Update(batch, Classes(batch))], [trainer.Update(batch, Classes(batch))]);
            Numbers.AssertSameBits(expected.Memory().PackedWeights, network.Memory().PackedWeights);
            most = Math.Max(most, fresh.HeldMemory);
            Assert.InRange(trainer.HeldMemory, 1, most);
        }
    }

    [Fact]
    public void What_is_held_is_the_tape_and_the_gradient_of_the_loss()
    {
        using var network = new TrainedBothWays(seed: 1);
        var trainer = new Trainer<TrainedBothWays>(network, Options());
        Assert.Equal(0, trainer.HeldMemory);
        trainer.Update(Wide, Classes(Wide));
        using Tape<TrainedBothWays> tape = TrainedBothWays.CreateTape(Wide.Steps, Wide.BatchSize);
        Assert.Equal(tape.Capacity + (Wide.Steps * Wide.BatchSize * TrainedBothWays.OutputSize), trainer.HeldMemory);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_longest_and_the_largest_batch_are_taken_one_after_the_other(bool largeFirst)
    {
        // A tape for 20,000 steps of 2,000 sequences would not fit into an array.
        SequenceBatch longest = Batches.Draw(1, 20_000, 1, 3, MaskShape.None), largest = Batches.Draw(2, 10, 2_000, 3, MaskShape.None);
        Assert.Throws<ArgumentOutOfRangeException>("maxSteps", () => TrainedBothWays.CreateTape(20_000, 2_000));
        using var network = new TrainedBothWays(seed: 1);
        using var trainer = new Trainer<TrainedBothWays>(network, Options());
        foreach (SequenceBatch batch in largeFirst ? new[] { largest, longest } : [longest, largest])
            trainer.Update(batch, Classes(batch));
        using var fresh = new Trainer<TrainedBothWays>(network, Options());
        fresh.Update(largest, Classes(largest));
        Assert.InRange(trainer.HeldMemory, 1, fresh.HeldMemory + (fresh.HeldMemory / 10));
    }

    [Fact]
    public void Shapes_that_take_turns_allocate_nothing()
    {
        using var network = new TrainedBothWays(seed: 1);
        using var trainer = new Trainer<TrainedBothWays>(network, Options());
        int[] ofLong = Classes(Long), ofWide = Classes(Wide), ofSmall = Classes(Small);
        AllocatedBytes.AssertNone(() =>
        {
            trainer.Update(Long, ofLong);
            trainer.Update(Wide, ofWide);
            trainer.Update(Small, ofSmall);
        });
    }

    [Fact]
    public void Fit_does_not_multiply_the_length_of_one_set_with_the_size_of_the_other()
    {
        using var network = new TrainedBothWays(seed: 1);
        using var trainer = new Trainer<TrainedBothWays>(network, Options(batchSize: 200));
        TrainingSet training = Set(Enumerable.Repeat(4, 200)), validation = Set(Enumerable.Repeat(3, 200).Append(600));
        trainer.Fit(training, validation, epochs: 1);
        using var fresh = new Trainer<TrainedBothWays>(network, Options(batchSize: 200));
        fresh.Fit(training, null, epochs: 1);
        Assert.InRange(trainer.HeldMemory, 1, fresh.HeldMemory + (fresh.HeldMemory / 10));
    }

    /// <summary>The largest batch has the most steps × sequences, be it the longest one or not.</summary>
    [Theory]
    [InlineData(300)]
    [InlineData(2000)]
    public void Fit_takes_the_memory_of_the_largest_batch_of_validation_before_the_first_update(int longest)
    {
        using var network = new TrainedBothWays(seed: 1);
        var trainer = new Trainer<TrainedBothWays>(network, Options(batchSize: 200));
        List<long> held = [];
        trainer.Fit(Set([3]), Set(Enumerable.Repeat(3, 200).Append(longest)), epochs: 2, new Listener(_ => held.Add(trainer.HeldMemory)));
        Assert.All(held, each => Assert.Equal(trainer.HeldMemory, each));
    }

    [Fact]
    public void A_batch_that_is_too_large_is_named_and_leaves_the_trainer_as_it_was()
    {
        const int Steps = 1_600_000;
        using var network = new WideTrained(seed: 1);
        using var trainer = new Trainer<WideTrained>(network, new TrainerOptions { Optimizer = new Sgd(1e-4f), Loss = Loss.MeanSquaredError });
        float before = trainer.Update(SequenceBatch.FromTimeMajor([1f, 2f], 2, 1, 1), [0f, 1f]);
        float[] weights = network.Memory().PackedWeights.ToArray();
        float[] values = new float[Steps];
        SequenceBatch batch = SequenceBatch.FromTimeMajor(values, Steps, 1, 1);
        string message = Assert.Throws<ArgumentOutOfRangeException>("batch", () => trainer.Update(batch, values)).Message;
        Assert.Matches($@"^batch: a tape of {Steps} steps × 1 sequences needs \d+ floats, expected at most {Arena.MaxLength}", message);
        Numbers.AssertSameBits(weights, network.Memory().PackedWeights);
        Assert.True(trainer.Update(SequenceBatch.FromTimeMajor([1f, 2f], 2, 1, 1), [0f, 1f]) < before);

        TrainingSet set = TrainingSet.PerStep([values, [1]], 1, [values, [1f]]);
        Assert.StartsWith("training: a tape of", Assert.Throws<ArgumentOutOfRangeException>("training", () => trainer.Fit(set, null, 1)).Message);
        Assert.StartsWith("set: a tape of", Assert.Throws<ArgumentOutOfRangeException>("set", () => trainer.Evaluate(set)).Message);
        TrainingSet small = TrainingSet.PerStep([[1f]], 1, [[1f]]);
        long updates = trainer.Updates;
        Assert.StartsWith("validation: a tape of", Assert.Throws<ArgumentOutOfRangeException>("validation", () => trainer.Fit(small, set, 1)).Message);
        Assert.Equal(updates, trainer.Updates); // It is refused before an epoch is spent.
    }

    private static TrainerOptions Options(int threads = 1, int batchSize = 32) => new()
    {
        Optimizer = new Sgd(0.1f),
        Loss = Loss.CrossEntropy,
        Threads = threads,
        BatchSize = batchSize,
    };

    private static int[] Classes(SequenceBatch batch) => [.. Enumerable.Range(0, batch.Steps * batch.BatchSize).Select(row => row * 5 % 3)];

    private static TrainingSet Set(IEnumerable<int> lengths)
    {
        int[] steps = [.. lengths];
        return TrainingSet.PerStep(
            [.. steps.Select((length, i) => Numbers.Draw(i, 3 * length))],
            3,
            (int[][])[.. steps.Select(length => Enumerable.Range(0, length).Select(i => i % 3).ToArray())]);
    }
}

file static class NetworkExtensions
{
    public static NetworkMemory Memory<TNetwork>(this INetwork<TNetwork> network)
        where TNetwork : class, INetwork<TNetwork> => network.Memory;
}
