namespace RnnGen.Generator.Graph;

/// <summary>What the layers so far give to the next one: a <see cref="Vector"/> or <see cref="Directions"/>.</summary>
internal abstract record Signal;

/// <summary>A vector.</summary>
/// <param name="Source">The part that computes it, or <see cref="Part.NetworkInput"/>.</param>
/// <param name="Size">Its features.</param>
/// <param name="OncePerSequence">Whether there is one for a sequence, not for a step.</param>
internal sealed record Vector(string Source, int Size, bool OncePerSequence) : Signal
{
    /// <summary>Whether it was computed from the last step to the first, so that it ends at the first.</summary>
    public bool Reverse { get; init; }

    /// <summary>Whether it is a class, of which a matrix has a column.</summary>
    public bool IsClass { get; init; }
}

/// <summary>The vectors of both directions of a layer, alike in size, which are merged where someone uses them as one.</summary>
/// <param name="Site">The layer that the merge belongs to.</param>
/// <param name="Forward">From the first step to the last.</param>
/// <param name="Backward">From the last step to the first.</param>
/// <param name="Merge">The member of the runtime's <c>Merge</c>.</param>
internal sealed record Directions(LayerSite Site, Vector Forward, Vector Backward, string Merge) : Signal;
