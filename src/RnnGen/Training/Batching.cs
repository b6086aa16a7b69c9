namespace RnnGen.Training;

/// <summary>How <c>Fit</c> forms the mini-batches of an epoch. Every sequence of the training set is in one of them.</summary>
public enum Batching
{
    /// <summary>
    /// A plain shuffle: all sequences in random order, cut into mini-batches; the last one may be smaller. In no measurement did grouping by length learn
    /// better.
    /// </summary>
    Shuffle,

    /// <summary>
    /// Mini-batches of similar length, formed again for every epoch: sequences are drawn at random into pools of up to eight mini-batches, at most a quarter of
    /// the set; each pool is sorted by length and cut, and the mini-batches come in random order. Sequences that do not fill a mini-batch are drawn at random.
    /// </summary>
    /// <remarks>
    /// Less time is spent on masked steps: where lengths differ much, an epoch takes between half and two thirds of the time. The price is that a mini-batch
    /// represents the set less well. On recordings of spoken digits no price could be measured. Where the class depends on the length, a mini-batch holds few
    /// classes, and learning is slower: after two epochs over 1024 such sequences, a network classified 77 % of others correctly, and about 98 % after two epochs
    /// with <see cref="Shuffle"/>. With lengths of 10 to 300 steps in every class, it was 57 % and 66 % after six epochs. Compare both on your own data.
    /// </remarks>
    GroupByLength,

    /// <summary>In the order of the training set, in every epoch: for an order of your own.</summary>
    InOrder,
}
