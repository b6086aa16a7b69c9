namespace RnnGen.Formats;

/// <summary>How the class of a network is written.</summary>
public sealed record ClassOptions
{
    /// <summary>The class's name: an identifier.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace; empty for none.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Whether training code is generated.</summary>
    public bool Training { get; init; }

    /// <summary>A sentence on how the network was verified, for the class's comment.</summary>
    public string? Verification { get; init; }
}
