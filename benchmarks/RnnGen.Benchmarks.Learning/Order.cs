namespace RnnGen.Benchmarks.Learning;

/// <summary>A way to cut a training set into the mini-batches of an epoch.</summary>
/// <param name="Name">As the table names it.</param>
/// <param name="Form">Gives the mini-batches of an epoch from the sequences' lengths, the batch size and a source of randomness.</param>
internal sealed record Order(string Name, Func<int[], int, Random, int[][]> Form)
{
    /// <summary>All that are compared. The first is what the others are compared with.</summary>
    public static Order[] All { get; } =
    [
        new("shuffle", (lengths, size, random) => Pools(lengths, size, random, 1)),
        new("pools of 2 batches", (lengths, size, random) => Pools(lengths, size, random, 2)),
        new("pools of 4 batches", (lengths, size, random) => Pools(lengths, size, random, 4)),
        new("pools of 8 batches", (lengths, size, random) => Pools(lengths, size, random, 8)),
        new("pools of 16 batches", (lengths, size, random) => Pools(lengths, size, random, 16)),
        new("whole set sorted", (lengths, size, random) => Pools(lengths, size, random, int.MaxValue)),
        new("whole set, lengths × 0.8 … 1.25", (lengths, size, random) => Blurred(lengths, size, random, 1.25)),
        new("whole set, lengths × 0.5 … 2", (lengths, size, random) => Blurred(lengths, size, random, 2)),
        new("pools of 8, at most a quarter of the set", (lengths, size, random) => Pools(lengths, size, random, Math.Clamp(lengths.Length / (4 * size), 1, 8))),
    ];

    /// <summary>Random pools of some batches; each is sorted by length and cut; the batches come in random order.</summary>
    private static int[][] Pools(int[] lengths, int size, Random random, int batches)
    {
        int[] sequences = [.. Enumerable.Range(0, lengths.Length)];
        random.Shuffle(sequences);
        int pool = (int)Math.Min(lengths.Length, (long)size * batches);
        return Cut(batches == 1 ? sequences : sequences.Chunk(pool).SelectMany(part => part.OrderBy(sequence => lengths[sequence])), size, random);
    }

    /// <summary>The whole set sorted by lengths that are multiplied by a random factor, drawn anew in every epoch.</summary>
    private static int[][] Blurred(int[] lengths, int size, Random random, double factor)
    {
        double[] keys = [.. lengths.Select(length => length * Math.Pow(factor, (2 * random.NextDouble()) - 1))];
        return Cut(Enumerable.Range(0, lengths.Length).OrderBy(sequence => keys[sequence]), size, random);
    }

    private static int[][] Cut(IEnumerable<int> sequences, int size, Random random)
    {
        int[][] batches = [.. sequences.Chunk(size)];
        random.Shuffle(batches);
        return batches;
    }
}
