namespace RnnGen.Formats;

/// <summary>How a file is read.</summary>
public sealed record ImportOptions
{
    /// <summary>Nothing but the defaults.</summary>
    public static ImportOptions Default { get; } = new();

    /// <summary>Whether weights may be NaN or infinite; they are refused by default.</summary>
    public bool AllowNonfinite { get; init; }

    /// <summary>
    /// The part of a graph to read, by the names of its first and last node (or layer): what the first one reads is the network's input. Null for the
    /// whole file.
    /// </summary>
    public (string First, string Last)? Subgraph { get; init; }
}
