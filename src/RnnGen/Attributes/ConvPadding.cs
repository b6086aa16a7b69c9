namespace RnnGen;

/// <summary>On which sides of a sequence a <see cref="Conv1DAttribute"/> sees zeros.</summary>
public enum ConvPadding
{
    /// <summary>Before the first step: an output depends on its own step and on earlier ones.</summary>
    Causal,

    /// <summary>
    /// On both sides (PyTorch's and Keras's <c>padding="same"</c>): an output depends on later steps too, so that the network runs whole sequences only. Where
    /// the zeros do not come out even, one more is after the sequence.
    /// </summary>
    Same,
}
