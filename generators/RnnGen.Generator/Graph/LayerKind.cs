using RnnGen.Generator.Cells;
using RnnGen.Generator.Graph.Layers;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Graph;

/// <summary>A row of the catalogue.</summary>
/// <param name="Name">The attribute's name without <c>Attribute</c>.</param>
/// <param name="Parts">What such a layer consists of.</param>
internal sealed record LayerKind(string Name, LayerParts Parts)
{
    /// <summary>What it does with time.</summary>
    public LayerRole Role => Parts.Role;

    /// <summary>What its activations may be.</summary>
    public IReadOnlyList<string> Activations { get; init; } = [];

    /// <summary>Whether its input can only be a class.</summary>
    public bool TakesClasses { get; init; }

    /// <summary>What its options may be, and where they mean something.</summary>
    public IReadOnlyList<OptionRule> Rules { get; init; } = [];

    /// <summary>
    /// What options are where they are not given, but for those that are false or 0 then: the text of an architecture does not mention what is as it is
    /// without being said.
    /// </summary>
    public IReadOnlyList<LayerOption> Defaults { get; init; } = [];

    /// <summary>Options that change nothing in inference.</summary>
    public IReadOnlyList<string> TrainingOptions { get; init; } = [];

    /// <summary>Options that decide what parameters are at first, and nothing else.</summary>
    public IReadOnlyList<string> InitialOptions { get; init; } = [];

    /// <summary>Whether an option has the value that it has where it is not given.</summary>
    public bool IsDefault(LayerOption option) => Defaults.FirstOrDefault(candidate => candidate.Name == option.Name) is { } other
        ? option.Value == other.Value
        : option.Value is "false" or "0";


    /// <summary>Whether it has parameters.</summary>
    public bool Learns => Scales || Role is LayerRole.Recurrent or LayerRole.PerStep or LayerRole.Convolution;

    /// <summary>Whether it has parameters though it multiplies no matrix.</summary>
    public bool Scales { get; init; }

    /// <summary>A cell of the user's that cannot be read: it is reported as such, and as nothing else.</summary>
    public static LayerKind Unreadable { get; } = new("", new RecurrentParts((_, _, _) => throw new NotSupportedException("A cell that cannot be read.")))
    {
        Activations = ActivationKind.Elementwise,
    };
}
