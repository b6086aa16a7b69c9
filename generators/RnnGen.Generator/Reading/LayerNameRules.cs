using RnnGen.Generator.Diagnostics;

namespace RnnGen.Generator.Reading;

/// <summary>Layer names go into files and, in their likeness, into the identifiers of generated code.</summary>
internal static class LayerNameRules
{
    /// <summary>Characters in a layer's name at most.</summary>
    public const int MaxLength = 64;

    public static void Check(IReadOnlyList<LayerDeclaration> layers, ProblemList problems)
    {
        var earlier = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var layer in layers)
        {
            var name = layer.Spec.Name;
            if (!IsValid(name))
                problems.Add(DiagnosticDescriptors.InvalidLayerName, layer.Location, name, layer.Spec.Kind, MaxLength);
            else if (earlier.TryGetValue(Likeness(name), out var twin))
                problems.Add(DiagnosticDescriptors.DuplicateLayerName, layer.Location, name, layer.Spec.Kind, twin);
            else
                earlier.Add(Likeness(name), name);
        }
    }

    private static bool IsValid(string name) =>
        name.Length is > 0 and <= MaxLength && name.Any(IsLetterOrDigit) && name.All(character => IsLetterOrDigit(character) || character is '_' or '.' or '-');

    private static bool IsLetterOrDigit(char character) => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');

    /// <summary>What is left of a name in an identifier: <c>enc-1</c>, <c>enc.1</c> and <c>Enc1</c> are one.</summary>
    private static string Likeness(string name) => new([.. name.Where(IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
