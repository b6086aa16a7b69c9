namespace RnnGen;

/// <summary>Where <see cref="SequenceBatch.Pad"/> puts the masked steps of a sequence that is shorter than the longest one.</summary>
public enum Padding
{
    /// <summary>After the sequence: all sequences start at step 0.</summary>
    Trailing,

    /// <summary>Before the sequence: all sequences end at the last step.</summary>
    Leading,
}
