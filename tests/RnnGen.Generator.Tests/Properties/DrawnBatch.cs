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
    /// <summary>Any; small is simple, for CsCheck to shrink to.</summary>
    public static Gen<DrawnBatch> OfShape(MaskShape shape) =>
        Gen.Select(Gen.Int[1, 7], Gen.Int[1, 5], Gen.Int[0, 1_000_000], (steps, batchSize, seed) => new DrawnBatch(steps, batchSize, shape, seed));
}
