namespace RnnGen.Tests.Training;

public sealed class MiniBatchesTests
{
    private const int Count = 503;

    private static TrainingSet Set
    {
        get
        {
            var random = new Random(3);
            return TrainingSet.PerSequence([.. Enumerable.Range(0, Count).Select(_ => new float[random.Next(1, 100)])], 1, new int[Count]);
        }
    }

    [Fact]
    public void Every_epoch_has_every_sequence_once()
    {
        var batches = new MiniBatches(Set, 16);
        var random = new RandomOrder(1);
        Assert.Equal(32, batches.Count);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            batches.Shuffle(random);
            Assert.Equal(Enumerable.Range(0, Count), Flat(batches).Order());
            Assert.Equal([7, .. Enumerable.Repeat(16, 31)], Enumerable.Range(0, 32).Select(batch => batches[batch].Length).Order());
        }
    }

    [Fact]
    public void A_seed_means_an_order()
    {
        static int[] Order(long seed, int epochs)
        {
            var batches = new MiniBatches(Set, 16);
            var random = new RandomOrder(seed);
            for (int epoch = 0; epoch < epochs; epoch++)
                batches.Shuffle(random);
            return Flat(batches);
        }

        Assert.Equal(Order(1, 1), Order(1, 1));
        Assert.Equal(Order(1, 3), Order(1, 3));
        Assert.NotEqual(Order(1, 1), Order(2, 1));
        Assert.NotEqual(Order(1, 1), Order(1, 2));
    }

    [Fact]
    public void The_order_of_a_seed_never_changes()
    {
        int[] items = [.. Enumerable.Range(0, 10)];
        new RandomOrder(42).Shuffle(items);
        Assert.Equal([8, 3, 6, 5, 4, 0, 9, 2, 1, 7], items);
    }

    [Fact]
    public void Little_is_wasted_on_padding_and_mini_batches_still_mix()
    {
        TrainingSet set = Set;
        var batches = new MiniBatches(set, 16);
        int[] neighbours = new int[Count];
        var random = new RandomOrder(1);
        for (int epoch = 0; epoch < 20; epoch++)
        {
            batches.Shuffle(random);
            int real = 0;
            int padded = 0;
            for (int i = 0; i < batches.Count; i++)
            {
                SequenceBatch batch = set.Batch(batches[i]);
                real += batch.UnmaskedSteps;
                padded += batch.Steps * batch.BatchSize;
                if (batches[i].Contains(0))
                    neighbours[batches[i][0] == 0 ? batches[i][^1] : batches[i][0]]++;
            }

            Assert.InRange(real / (double)padded, 0.85, 1); // unsorted: about 0.53
        }

        Assert.InRange(neighbours.Count(count => count > 0), 12, 20); // sequence 0 meets others from epoch to epoch
    }

    [Fact]
    public void Unshuffled_they_are_sorted_by_length()
    {
        TrainingSet set = Set;
        int[] lengths = [.. Flat(new MiniBatches(set, 16)).Select(set.Steps)];
        Assert.Equal(lengths.Order(), lengths);
    }

    [Fact]
    public void A_batch_size_beyond_the_set_is_one_batch()
    {
        var batches = new MiniBatches(Set, int.MaxValue);
        batches.Shuffle(new RandomOrder(1));
        Assert.Equal((1, Count), (batches.Count, batches[0].Length));
    }

    private static int[] Flat(MiniBatches batches) => [.. Enumerable.Range(0, batches.Count).SelectMany(batch => batches[batch].ToArray())];
}
