namespace RnnGen;

/// <summary>What becomes of a hidden state at a masked step. The output there is 0 either way.</summary>
public enum MaskedState
{
    /// <summary>It is carried through unchanged (Keras, PyTorch).</summary>
    Hold,

    /// <summary>
    /// It becomes 0 (Deeplearning4j): the same for padding after a zero state, different for a gap within a sequence. Of a first state that is learned or set,
    /// nothing is left after leading padding.
    /// </summary>
    Reset,
}
