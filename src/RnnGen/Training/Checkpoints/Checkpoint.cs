namespace RnnGen.Training;

/// <summary>All that a trainer needs to go on: what a checkpoint's file holds, checked, in packed layout.</summary>
/// <param name="Weights">The packed weights.</param>
/// <param name="Slots">What the optimiser remembers of each, slot by slot.</param>
/// <param name="Updates">Updates so far.</param>
/// <param name="Random">The random state: before the mini-batches of the epoch that is not complete were formed.</param>
/// <param name="Position">Where <c>Fit</c> stands; null outside of it.</param>
internal sealed record Checkpoint(float[] Weights, float[][] Slots, long Updates, ulong Random, FitPosition? Position);
