namespace RnnGen;

/// <summary>How <c>Fit</c> forms the mini-batches of an epoch. Each has every sequence of the training set once.</summary>
public enum Batching
{
    /// <summary>
    /// A plain shuffle: all sequences in random order, cut into mini-batches; the last one has what is left. Of all orders it learns best, whatever the data.
    /// </summary>
    Shuffle,

    /// <summary>
    /// Mini-batches of similar length, formed anew for every epoch: sequences are drawn at random into pools of up to eight mini-batches, at most a quarter of
    /// the set; each pool is sorted by length and cut, and the mini-batches come in random order. What does not fill a mini-batch is drawn at random.
    /// </summary>
    /// <remarks>
    /// Less time is spent on masked steps: where lengths differ much, an epoch takes between half and two thirds of the time. The price is that a mini-batch
    /// says less about the whole set. On recordings of spoken digits there was no price to be measured. Where the class goes with the length, a mini-batch
    /// holds few classes, and learning is slower or fails: one network was right about 98 % after two epochs of <see cref="Shuffle"/>, and about 68 % after
    /// two epochs of this. Compare both on your own data before you use it.
    /// </remarks>
    GroupByLength,

    /// <summary>The sequences as they lie in the training set, in every epoch: for an order of your own.</summary>
    InOrder,
}
