namespace RnnGen;

/// <summary>All that a trainer needs to go on: what a checkpoint's file holds, checked, in packed layout.</summary>
/// <param name="Weights">The packed weights.</param>
/// <param name="First">The first value that the optimiser remembers of each; empty where it has none.</param>
/// <param name="Second">The second.</param>
/// <param name="Updates">Updates so far.</param>
/// <param name="Random">The random state: before the mini-batches of the epoch that is not complete were formed.</param>
/// <param name="Position">Where <c>Fit</c> stands; null outside of it.</param>
internal sealed record Checkpoint(float[] Weights, float[] First, float[] Second, long Updates, ulong Random, FitPosition? Position);
