namespace RnnGen.Formats.Keras;

/// <summary>What the dimensions of a tensor of Keras's mean, after the batch.</summary>
internal enum KerasRank
{
    /// <summary><c>[steps, features]</c>.</summary>
    Steps,

    /// <summary><c>[features]</c>, once per sequence.</summary>
    Once,

    /// <summary><c>[features]</c> of a model without time: each frame is a sample.</summary>
    Frame,

    /// <summary><c>[steps · features]</c>: flattened steps, for a dense layer over all of them.</summary>
    Flat,

    /// <summary>A mask that operations of Keras 3 compute.</summary>
    Mask,
}

/// <summary>A tensor between two layers of Keras's: the layer of RnnGen's that computes it, and where the two see different things.</summary>
/// <param name="Node">The layer of RnnGen's.</param>
/// <param name="Rank">What its dimensions are.</param>
/// <param name="Steps">Time steps of Keras's tensor; null where any number will do.</param>
internal sealed record KerasValue(KerasNode Node, KerasRank Rank, int? Steps)
{
    /// <summary>Features of a step.</summary>
    public int Size => Node.Size;

    /// <summary>Whether Keras's tensor is in reversed time order.</summary>
    public bool IsReversed { get; init; }

    /// <summary>Whether Keras carries a mask beside it.</summary>
    public bool IsMasked { get; init; }

    /// <summary>Whether it depends on the version of Keras 3 whether there is a mask beside it.</summary>
    public bool IsMaskUnclear { get; init; }

    /// <summary>Steps at the start that Keras's tensor lacks (after a convolution without padding); below 0, zeros in front that RnnGen's lacks.</summary>
    public int Skipped { get; init; }

    /// <summary>The same dimensions from another layer.</summary>
    public KerasValue From(KerasNode node) => this with { Node = node };

    /// <summary>One vector per sequence.</summary>
    public static KerasValue Once(KerasNode node) => new(node, KerasRank.Once, null);
}
