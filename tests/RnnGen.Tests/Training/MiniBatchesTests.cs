using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>How sets are cut into mini-batches. All numbers are drawn with fixed seeds.</summary>
public sealed class MiniBatchesTests
{
    private const int Count = 503;
    private const int Classes = 4;

    private static readonly TrainingSet Set = OfLengths(Count, static (random, _) => random.Next(1, 100));

    /// <summary>The lengths that go with the class <c>i % 4</c>: sorted by length, the set is sorted by class.</summary>
    private static readonly TrainingSet LengthsByClass = OfLengths(64, static (random, i) => 20 + (12 * (i % Classes)) + random.Next(6));

    [Theory]
    [InlineData(Batching.Shuffle)]
    [InlineData(Batching.GroupByLength)]
    [InlineData(Batching.InOrder)]
    public void Every_epoch_has_every_sequence_once(Batching batching)
    {
        foreach (int batchSize in new[] { 1, 7, 16, 300, Count, int.MaxValue })
        {
            var batches = new MiniBatches(Set, batchSize);
            var random = new RandomOrder(1);
            int full = Count / batchSize;
            int[] rest = Count % batchSize == 0 ? [] : [Count % batchSize];
            Assert.Equal(full + rest.Length, batches.Count);
            for (int epoch = 0; epoch < 3; epoch++)
            {
                batches.Form(batching, random);
                Assert.Equal(Enumerable.Range(0, Count), Flat(batches).Order());
                Assert.Equal([.. rest, .. Enumerable.Repeat(batchSize, full)], Batches(batches).Select(batch => batch.Length).Order());
            }
        }
    }

    [Theory]
    [InlineData(Batching.Shuffle)]
    [InlineData(Batching.GroupByLength)]
    public void A_seed_means_an_order_and_every_epoch_has_another(Batching batching)
    {
        int[] Order(long seed, int epochs)
        {
            var batches = new MiniBatches(Set, 16);
            var random = new RandomOrder(seed);
            for (int epoch = 0; epoch < epochs; epoch++)
                batches.Form(batching, random);
            return Flat(batches);
        }

        Assert.Equal(Order(1, 1), Order(1, 1));
        Assert.Equal(Order(1, 3), Order(1, 3));
        Assert.NotEqual(Order(1, 1), Order(2, 1));
        Assert.NotEqual(Order(1, 1), Order(1, 2));
    }

    [Theory]
    [InlineData(Batching.Shuffle)]
    [InlineData(Batching.GroupByLength)]
    public void An_epoch_depends_on_the_state_before_it_and_on_no_earlier_epoch(Batching batching)
    {
        var random = new RandomOrder(1);
        var batches = new MiniBatches(Set, 16);
        batches.Form(batching, random);
        ulong state = random.State;
        batches.Form(batching, random);

        var others = new MiniBatches(Set, 16);
        others.Form(batching, new RandomOrder(0) { State = state });
        Assert.Equal(Flat(batches), Flat(others));
    }

    [Fact]
    public void The_order_of_a_seed_never_changes()
    {
        int[] items = [.. Enumerable.Range(0, 10)];
        new RandomOrder(42).Shuffle(items);
        Assert.Equal([8, 3, 6, 5, 4, 0, 9, 2, 1, 7], items);
    }

    [Fact]
    public void In_order_every_epoch_is_the_set_as_it_lies()
    {
        var random = new RandomOrder(1);
        var batches = new MiniBatches(Set, 16);
        for (int epoch = 0; epoch < 2; epoch++)
        {
            batches.Form(Batching.InOrder, random);
            Assert.Equal(Enumerable.Range(0, Count), Flat(batches));
        }

        Assert.Equal(1UL, random.State); // nothing was drawn
    }

    [Fact]
    public void A_shuffle_is_the_one_that_a_user_would_write()
    {
        int[] order = [.. Enumerable.Range(0, Count)];
        new RandomOrder(5).Shuffle(order);
        var batches = new MiniBatches(Set, 16);
        batches.Form(Batching.Shuffle, new RandomOrder(5));
        Assert.Equal(order, Flat(batches));
        Assert.Equal(7, batches[batches.Count - 1].Length);
    }

    /// <summary>Any two sequences are in one mini-batch in one of nine epochs, whatever their lengths: χ² over all pairs.</summary>
    [Fact]
    public void A_shuffle_brings_any_two_sequences_together_equally_often()
    {
        const int Epochs = 3000;
        int count = LengthsByClass.Count;
        int[,] together = new int[count, count];
        foreach (int[] batch in EpochsOf(LengthsByClass, Batching.Shuffle, Epochs).SelectMany(epoch => epoch))
            foreach (int one in batch)
                foreach (int other in batch)
                    together[one, other]++;

        double expected = Epochs * 7.0 / 63;
        double squares = 0;
        for (int one = 0; one < count; one++)
            for (int other = 0; other < one; other++)
                squares += Math.Pow(together[one, other] - expected, 2);
        double perPair = squares / (expected * (1 - (7.0 / 63))) / (count * (count - 1) / 2);
        Assert.InRange(perPair, 0.9, 1.1); // 1 for independent pairs, ± 0.03; sorted in pools of eight batches it is above 1000
    }

    /// <summary>Where the class goes with the length, mini-batches of one class must not come back in every epoch.</summary>
    [Theory]
    [InlineData(Batching.Shuffle, 0.001)]
    [InlineData(Batching.GroupByLength, 0.15)]
    public void Mini_batches_of_one_class_are_rare_and_do_not_come_back(Batching batching, double share)
    {
        int[][][] epochs = [.. EpochsOf(LengthsByClass, batching, 200)];
        Assert.InRange(epochs.SelectMany(epoch => epoch).Count(batch => batch.Select(i => i % Classes).Distinct().Count() == 1) / 1600.0, 0, share);
        string[] all = [.. epochs.SelectMany(epoch => epoch).Select(batch => string.Join(' ', batch.Order()))];
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void Grouped_by_length_every_full_mini_batch_lies_in_order_of_length()
    {
        foreach (int[][] epoch in EpochsOf(Set, Batching.GroupByLength, 3))
        {
            foreach (int[] batch in epoch.Where(batch => batch.Length == 8)) // the last one is drawn at random
                Assert.Equal(batch.Select(Set.Steps).Order(), batch.Select(Set.Steps));
        }
    }

    [Fact]
    public void Grouped_by_length_little_is_wasted_on_padding_and_mini_batches_still_mix()
    {
        static double Real(int[][][] epochs) =>
            epochs.Length * Enumerable.Range(0, Count).Sum(Set.Steps) / (double)epochs.Sum(epoch => epoch.Sum(batch => batch.Length * batch.Max(Set.Steps)));

        int[][][] grouped = [.. EpochsOf(Set, Batching.GroupByLength, 20, batchSize: 16)];
        Assert.InRange(Real(grouped), 0.83, 1);
        Assert.InRange(Real([.. EpochsOf(Set, Batching.Shuffle, 20, batchSize: 16)]), 0.5, 0.56);
        Assert.True(grouped.SelectMany(epoch => epoch).Where(batch => batch.Contains(0)).SelectMany(batch => batch).Distinct().Count() > 100);
    }

    [Fact]
    public void What_does_not_fill_a_mini_batch_is_drawn_at_random_from_all_lengths()
    {
        double mean = Enumerable.Range(0, Count).Average(Set.Steps);
        foreach (Batching batching in new[] { Batching.Shuffle, Batching.GroupByLength })
        {
            int[][] rests = [.. EpochsOf(Set, batching, 300, batchSize: 16).Select(epoch => epoch.Single(batch => batch.Length == 7))];
            Assert.InRange(rests.SelectMany(rest => rest).Average(Set.Steps), mean - 3, mean + 3);
        }
    }

    [Fact]
    public void Until_they_are_formed_they_are_sorted_by_length()
    {
        int[] lengths = [.. Flat(new MiniBatches(Set, 16)).Select(Set.Steps)];
        Assert.Equal(lengths.Order(), lengths);
    }

    private static TrainingSet OfLengths(int count, Func<Random, int, int> length)
    {
        var random = new Random(3);
        return TrainingSet.PerSequence([.. Enumerable.Range(0, count).Select(i => new float[length(random, i)])], 1, new int[count]);
    }

    private static IEnumerable<int[][]> EpochsOf(TrainingSet set, Batching batching, int epochs, int batchSize = 8)
    {
        var batches = new MiniBatches(set, batchSize);
        var random = new RandomOrder(1);
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            batches.Form(batching, random);
            yield return [.. Batches(batches)];
        }
    }

    private static IEnumerable<int[]> Batches(MiniBatches batches) => Enumerable.Range(0, batches.Count).Select(batch => batches[batch].ToArray());

    private static int[] Flat(MiniBatches batches) => [.. Batches(batches).SelectMany(batch => batch)];
}
