namespace RnnGen;

/// <summary>The direction in which a recurrent layer goes through a sequence.</summary>
public enum Direction
{
    /// <summary>From the first step to the last.</summary>
    Forward,

    /// <summary>From the last step to the first: each sequence from its own last unmasked step. Outputs stay in the order of the inputs.</summary>
    Reverse,

    /// <summary>Both, each with weights and states of its own; <see cref="Merge"/> says how their outputs become one.</summary>
    Bidirectional,
}
