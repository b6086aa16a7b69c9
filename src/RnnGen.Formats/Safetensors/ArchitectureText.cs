using System.Globalization;

namespace RnnGen.Formats;

/// <summary>The line of text in which a file of RnnGen's says what its network computes.</summary>
/// <param name="InputSize">Features, or classes.</param>
/// <param name="IsOneHot">Whether a time step is a class.</param>
/// <param name="MaskedState">What masked steps do to states.</param>
/// <param name="Layers">The layers in order.</param>
internal sealed record ArchitectureText(int InputSize, bool IsOneHot, MaskedState MaskedState, IReadOnlyList<ArchitectureLayer> Layers)
{
    private const string Network = "Network", OneHot = "OneHot", Size = "InputSize", Masked = "MaskedState";

    /// <summary>Reads <c>Network(InputSize = 20); Lstm(Units = 64); LastStep</c>.</summary>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static ArchitectureText Parse(string text)
    {
        ArchitectureLayer[] entries = [.. text.Split("; ").Select((entry, place) => ArchitectureLayer.Parse(entry, place - 1))];
        ArchitectureLayer network = entries[0];
        if (network.Kind != Network)
            throw new FormatException($"architecture: expected {Network}(…) first, got {Text.Quote(network.Kind)}");
        network.Expect(Size, OneHot, Masked);
        bool isOneHot = network.Options.ContainsKey(OneHot);
        string size = network.Options.GetValueOrDefault(isOneHot ? OneHot : Size) ?? throw new FormatException($"architecture: expected {Size} or {OneHot}, got neither");
        return new ArchitectureText(
            int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw new FormatException($"architecture: expected a number of features, got {Text.Quote(size)}"),
            isOneHot,
            network.Options.GetValueOrDefault(Masked) is { } masked ? ArchitectureLayer.Member<MaskedState>(masked) : MaskedState.Hold,
            entries[1..]);
    }
}
