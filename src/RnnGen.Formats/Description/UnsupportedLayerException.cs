namespace RnnGen.Formats;

/// <summary>A file is sound, but holds something that RnnGen's layers cannot express. Nothing is read of it.</summary>
public sealed class UnsupportedLayerException : FormatException
{
    /// <summary>An exception that says what is not supported.</summary>
    /// <param name="layer">The layer's or node's name in the file.</param>
    /// <param name="operation">Its kind in the file: <c>Conv</c>.</param>
    /// <param name="reason">Why it cannot be expressed, as the end of a sentence: <c>its stride is 2, expected 1</c>.</param>
    /// <param name="possible">What can be read of the file, as a sentence; null where nothing can.</param>
    public UnsupportedLayerException(string layer, string operation, string reason, string? possible = null)
        : base($"{operation} \"{Text.Shorten(layer)}\": {reason}{(possible is null ? "" : ". " + possible)}") =>
        (Layer, Operation, Reason, Possible) = (layer, operation, reason, possible);

    /// <summary>The layer's or node's name in the file.</summary>
    public string Layer { get; }

    /// <summary>Its kind in the file.</summary>
    public string Operation { get; }

    /// <summary>Why it cannot be expressed.</summary>
    public string Reason { get; }

    /// <summary>What can be read of the file; null where nothing can.</summary>
    public string? Possible { get; }
}
