namespace RnnGen;

/// <summary>Where <see cref="SequenceBatch.Pad(IReadOnlyList{float[]}, int, Padding)"/> puts the masked steps of shorter sequences.</summary>
public enum Padding
{
    /// <summary>After the sequence: all sequences start at step 0.</summary>
    Trailing,

    /// <summary>Before the sequence: all sequences end at the last step.</summary>
    Leading,
}
