using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace RnnGen.Generator.Spec;

/// <summary>
/// Names the files of a network: <c>Namespace.Outer{T}.Net</c>. Braces cannot be part of an identifier, so only names that differ in case can meet (the
/// compiler and some file systems ignore case); where a type or namespace has such a twin, and where a name is too long for a file, a hash of the exact name is
/// added.
/// </summary>
internal static class HintNames
{
    // A file system's limit is 255 bytes, and the kind of file is still to be appended.
    private const int MaxBytes = 160;
    private const int KeptLength = 40;

    /// <summary>The name for a class; unique in its compilation.</summary>
    public static string Of(INamedTypeSymbol type)
    {
        var exact = new StringBuilder();
        var hasTwin = false;
        for (INamespaceOrTypeSymbol? part = type; part is not null and not INamespaceSymbol { IsGlobalNamespace: true }; part = Container(part))
        {
            hasTwin |= HasTwin(part);
            exact.Insert(0, exact.Length == 0 ? Name(part) : Name(part) + ".");
        }

        var name = exact.ToString();
        if (Encoding.UTF8.GetByteCount(name) > MaxBytes)
            return $"_{name.Substring(name.Length - KeptLength)}-{Hash(name)}";
        return hasTwin ? name + "-" + Hash(name) : name;
    }

    private static INamespaceOrTypeSymbol? Container(INamespaceOrTypeSymbol part) => (INamespaceOrTypeSymbol?)part.ContainingType ?? part.ContainingNamespace;

    private static string Name(INamespaceOrTypeSymbol part) => part is INamedTypeSymbol { Arity: > 0 } type
        ? $"{type.Name}{{{string.Join(",", type.TypeParameters.Select(parameter => parameter.Name))}}}"
        : part.Name;

    private static bool HasTwin(INamespaceOrTypeSymbol part)
    {
        var name = Name(part);
        var siblings = Container(part)?.GetMembers().OfType<INamespaceOrTypeSymbol>().Select(Name) ?? [];
        return siblings.Any(other => other != name && other.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv: the same in every process, which string.GetHashCode is not.</summary>
    private static string Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var character in text)
            hash = unchecked((hash ^ character) * 16777619u);
        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
