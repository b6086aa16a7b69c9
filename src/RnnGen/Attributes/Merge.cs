namespace RnnGen;

/// <summary>How the outputs of a bidirectional layer's two directions become one.</summary>
public enum Merge
{
    /// <summary>Side by side, the forward direction's first: twice the units.</summary>
    Concat,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Half their sum.</summary>
    Average,

    /// <summary>Their elementwise product.</summary>
    Multiply,
}
