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

    /// <summary>
    /// A Keras file that holds weights and no model, <see cref="KerasWeightsFile"/>, for a file that holds a model and no weights (what <c>model.to_json()</c> writes), or
    /// other ones. Null for the file's own.
    /// </summary>
    public ModelFile? Weights { get; init; }
}
