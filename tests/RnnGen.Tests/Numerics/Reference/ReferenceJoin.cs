namespace RnnGen.Tests.Numerics;

/// <summary>One vector of several of one size, elementwise.</summary>
internal sealed class ReferenceFold(string name, int size, Func<Variable, Variable, Variable> fold) : ReferenceLayer(name, size)
{
    public override ReferenceRows Forward(ReferenceRows rows, ReferenceRun run) => throw new InvalidOperationException("one layer alone cannot be joined");

    public override ReferenceRows Forward(IReadOnlyList<ReferenceRows> several, ReferenceRun run) =>
        ReferenceRows.Of(several, vectors => vectors.Aggregate(fold));
}

/// <summary>What it reads side by side, as every layer reads several.</summary>
internal sealed class ReferenceConcat(string name, int size) : ReferenceLayer(name, size)
{
    public override ReferenceRows Forward(ReferenceRows rows, ReferenceRun run) => rows;
}
