using Microsoft.CodeAnalysis;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Reading;

/// <summary>What a network must be, and be called, so that C can call it.</summary>
internal static class NativeExportRules
{
    /// <summary>Characters in a prefix at most.</summary>
    public const int MaxLength = 64;

    public static void Check(NetworkDeclaration declaration, ProblemList problems)
    {
        if (declaration.NativeExport is not { } export)
            return;
        if (Fault(export.Prefix) is { } fault)
            problems.Add(DiagnosticDescriptors.InvalidNativePrefix, export.Location, export.Prefix, fault);
        if (CodeNames.ContainingTypes(declaration.Type).Append(declaration.Type).FirstOrDefault(type => type.Arity > 0) is { } generic)
            problems.Add(DiagnosticDescriptors.NativeExportOfGeneric, export.Location, export.Prefix, generic.Name);
    }

    /// <summary>The networks whose names in C meet those of an earlier one.</summary>
    /// <param name="exports">The exported networks of a compilation, in any order.</param>
    /// <param name="compilation">Tells which comes first: its trees are in order.</param>
    public static IEnumerable<Diagnostic> Duplicates(IEnumerable<(INamedTypeSymbol Type, NativeExportDeclaration Export)> exports, Compilation compilation)
    {
        var trees = compilation.SyntaxTrees.ToList();
        var earlier = new List<(INamedTypeSymbol Type, NativeExportDeclaration Export)>();
        foreach (var (type, export) in exports
            .Where(each => Fault(each.Export.Prefix) is null)
            .OrderBy(each => trees.IndexOf(each.Export.Location.SourceTree!)).ThenBy(each => each.Export.Location.SourceSpan.Start))
        {
            var twin = earlier.FirstOrDefault(other => ShareNames(other.Export.Prefix, export.Prefix));
            if (twin.Type is not null)
                yield return Diagnostic.Create(
                    DiagnosticDescriptors.DuplicateNativePrefix, export.Location, type.Name, export.Prefix, twin.Export.Prefix, twin.Type.Name);
            earlier.Add((type, export));
        }
    }

    private static bool ShareNames(string left, string right) =>
        left.Equals(right, StringComparison.OrdinalIgnoreCase) || IsNameOf(left, right) || IsNameOf(right, left);

    /// <summary>Whether a prefix is what another's function, or its list of codes, is called.</summary>
    private static bool IsNameOf(string prefix, string other) =>
        prefix.StartsWith(other + "_", StringComparison.OrdinalIgnoreCase)
            && NativeNames.All.Contains(prefix.Substring(other.Length + 1), StringComparer.OrdinalIgnoreCase);

    private static string? Fault(string prefix) => prefix switch
    {
        "" => "is empty",
        { Length: > MaxLength } => FormattableString.Invariant($"has {prefix.Length} characters, more than the {MaxLength} allowed"),
        _ when !prefix.All(character => IsLetter(character) || character is (>= '0' and <= '9') or '_') => "is not a C identifier",
        _ when !IsLetter(prefix[0]) => "does not begin with a letter",
        _ when prefix.EndsWith("_", StringComparison.Ordinal) => "ends with '_', which a function's name would double",
        _ when prefix.Contains("__") => "has two '_' in a row, which C++ reserves",
        _ when NativeWords.Language.Contains(prefix) => "is a reserved word of C or C++",
        _ when NativeWords.Library.Contains(prefix) => "is a name of the C standard library",
        _ => null,
    };

    private static bool IsLetter(char character) => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
