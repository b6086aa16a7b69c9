using CsCheck;
using RnnGen.Tests.Numerics;

namespace RnnGen.Generator.Tests.Properties;

/// <summary>Sizes, mask and numbers of a comparison.</summary>
/// <param name="Steps">Time steps.</param>
/// <param name="BatchSize">Sequences.</param>
/// <param name="Shape">Which steps are masked.</param>
/// <param name="Seed">Of all numbers.</param>
internal sealed record DrawnBatch(int Steps, int BatchSize, MaskShape Shape, int Seed)
{
    /// <summary>
    /// The sizes that every seed deals: one step, two, odd and even numbers of them, and more than <c>Run</c> and the loops over all rows take at once; one sequence,
    /// some, and more than the rows that are computed together.
    /// </summary>
    public static readonly IReadOnlyList<(int Steps, int BatchSize)> Sizes =
    [
        (1, 1), (1, 4), (1, 17), (2, 1), (2, 3), (2, 33), (3, 1), (3, 4), (3, 17), (4, 1), (4, 3), (4, 17), (5, 4), (6, 3), (6, 4), (7, 1), (8, 3), (17, 1), (66, 1), (67, 3),
    ];

    /// <summary>Deals <paramref name="count"/> batches for each mask: the sizes come in turn, so that all come with every seed, and each batch has numbers of its own.</summary>
    public static IEnumerable<DrawnBatch> Deal(int seed, int count)
    {
        var random = new Random(seed);
        var deck = new Queue<(int Steps, int BatchSize)>();
        for (int index = 0; index < count; index++)
        {
            foreach (var shape in Enum.GetValues<MaskShape>())
            {
                if (deck.Count == 0)
                {
                    var cards = Sizes.ToArray();
                    random.Shuffle(cards);
                    deck = new(cards);
                }

                var (steps, batchSize) = deck.Dequeue();
                yield return new DrawnBatch(steps, batchSize, shape, random.Next(1_000_000));
            }
        }
    }

    /// <summary>Any; small is simple, for CsCheck to shrink to.</summary>
    public static Gen<DrawnBatch> OfShape(MaskShape shape) =>
        Gen.Select(Gen.Int[1, 7], Gen.Int[1, 5], Gen.Int[0, 1_000_000], (steps, batchSize, seed) => new DrawnBatch(steps, batchSize, shape, seed));
}
