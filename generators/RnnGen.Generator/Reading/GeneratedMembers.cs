using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using RnnGen.Generator.Targets;

namespace RnnGen.Generator.Reading;

/// <summary>
/// The members that a network gets, as far as the user's part may collide with them. Beside a method, methods of the same name and other parameters are
/// welcome; beside anything else nothing is. A test compares this table with what is generated.
/// </summary>
internal static class GeneratedMembers
{
    // Parameters by the simple names of their types, a signature a string; null where the member is not a method.
    private static readonly Dictionary<string, string[]?> Members = new(StringComparer.Ordinal)
    {
        ["InputSize"] = null,
        ["OutputSize"] = null,
        ["StateSize"] = null,
        ["ParameterCount"] = null,
        ["Parameters"] = null,
        ["State"] = null,
        ["CurrentState"] = null,
        ["Load"] = ["String", "Stream", "ReadOnlySpan", "String LoadOptions", "Stream LoadOptions", "ReadOnlySpan LoadOptions"],
        ["CreateDefault"] = [""],
        ["Save"] = ["String", "Stream"],
        ["InitialState"] = null,
        ["Step"] = ["ReadOnlySpan Span", "Int32 Span", "State ReadOnlySpan Span", "State Int32 Span", "Span ReadOnlySpan Span ReadOnlySpan"],
        ["Reset"] = [""],
        ["CopyStateTo"] = ["Span"],
        ["SetState"] = ["ReadOnlySpan"],
        ["Run"] = ["ReadOnlySpan Span", "State ReadOnlySpan Span", "SequenceBatch Span", "Span SequenceBatch Span"],
        ["Predict"] = ["ReadOnlySpan Span"],
        ["Summary"] = [""],
        ["Threads"] = null,
        ["CreateTape"] = ["Int32 Int32"],
        ["Forward"] = ["Tape SequenceBatch"],
        ["Backward"] = ["Tape ReadOnlySpan"],
        ["BackwardFromLogits"] = ["Tape ReadOnlySpan"],
        ["Dispose"] = [""],

        ["NativeEntryPoints"] = null,
        [Outputs] = null,

        // Not for users, and yet in the same class.
        ["_memory"] = null,
        ["MemoryLayout"] = null,
        ["TapeRegions"] = null,
        ["Region"] = null,
        ["RunStream"] = ["Single ReadOnlySpan Span Int32"],
        ["RunRows"] = ["BatchRows"],
        ["RunPass"] = ["TapePass TapeMemory WorkShare"],
        ["Loops"] = null,
        ["InWeights"] = null,
        ["InReduced"] = null,
        ["InStates"] = null,
        ["IKernels"] = null,
    };

    /// <summary>The class that only networks with named outputs have.</summary>
    private const string Outputs = Emit.OutputSurface.Name;

    private static readonly string[] Constructors = ["", "Int64"];

    /// <summary>How the names of sizes end, after the layer that they belong to.</summary>
    private static readonly Regex OfLayer = new(
        "^[A-Za-z0-9]*(Inputs|Units|Outputs|Stride|Start|Lanes|Size|Columns|Words|Width|Panel|Taps|Dilation|Blocks)$", RegexOptions.CultureInvariant);

    /// <summary>The names of sizes that belong to no layer.</summary>
    private static readonly string[] OfNetwork = ["StateStride", "GroupRows", "GradientRows", "LayerRows", "DInputStride"];

    static GeneratedMembers()
    {
        foreach (var target in Target.All)
            Members.Add(target.Name, null);
    }

    /// <summary>The names, for the test that compares; those of sizes aside.</summary>
    public static IEnumerable<string> Names => Members.Keys;

    /// <summary>Whether a name is that of a size: <c>Lstm0Units</c> where the layer <c>Lstm0</c> is.</summary>
    /// <param name="name">The name.</param>
    /// <param name="layers">The prefixes of what the network's layers generate.</param>
    public static bool IsSize(string name, IEnumerable<string> layers) => OfNetwork.Contains(name) || layers.Any(layer =>
        name.StartsWith(layer, StringComparison.Ordinal) && name.Length > layer.Length && !char.IsDigit(name[layer.Length]) && OfLayer.IsMatch(name.Substring(layer.Length)));

    /// <summary>Whether a name is taken by a member.</summary>
    public static bool IsTaken(string name, NetworkDeclaration network) =>
        (Members.ContainsKey(name) && (network.NamesOutputs || name != Outputs)) || IsSize(name, network.LayerIds);

    /// <summary>Whether a member of the user's stands in the way of a generated one.</summary>
    public static bool CollidesWith(ISymbol member, NetworkDeclaration network) =>
        Members.TryGetValue(member.Name, out var signatures) && (network.NamesOutputs || member.Name != Outputs)
            ? signatures is null || member is not IMethodSymbol method || signatures.Contains(Signature(method))
            : IsSize(member.Name, network.LayerIds);

    /// <summary>Whether a constructor of the user's has the parameters of a generated one.</summary>
    public static bool CollidesWithConstructor(IMethodSymbol constructor) => Constructors.Contains(Signature(constructor));

    private static string Signature(IMethodSymbol method) => string.Join(" ", method.Parameters.Select(parameter => parameter.Type.Name));
}
