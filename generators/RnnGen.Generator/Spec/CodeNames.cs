using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RnnGen.Generator.Spec;

/// <summary>Names as they must be written in code.</summary>
internal static class CodeNames
{
    /// <summary>The namespace that a type is in, empty for the global one.</summary>
    public static string Namespace(INamedTypeSymbol type)
    {
        var parts = new List<string>();
        for (var space = type.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
            parts.Insert(0, Escape(space.Name));
        return string.Join(".", parts);
    }

    /// <summary>The types around a type, outermost first.</summary>
    public static IEnumerable<INamedTypeSymbol> ContainingTypes(INamedTypeSymbol type)
    {
        var outer = new List<INamedTypeSymbol>();
        for (var container = type.ContainingType; container is not null; container = container.ContainingType)
            outer.Insert(0, container);
        return outer;
    }

    /// <summary>What declares a type of that kind; null for a kind that cannot be continued in another file.</summary>
    public static string? KeywordOrNull(INamedTypeSymbol type) => type switch
    {
        { IsScriptClass: true } or { IsImplicitClass: true } => null,
        { TypeKind: TypeKind.Class } => type.IsRecord ? "record" : "class",
        { TypeKind: TypeKind.Struct } => type.IsRecord ? "record struct" : "struct",
        { TypeKind: TypeKind.Interface } => "interface",
        _ => null,
    };

    /// <inheritdoc cref="KeywordOrNull"/>
    public static string Keyword(INamedTypeSymbol type) =>
        KeywordOrNull(type) ?? throw new InvalidOperationException($"'{type.Name}' cannot be continued: a rule should have refused it");

    /// <summary>A type's name with its type parameters.</summary>
    public static string NameWithParameters(INamedTypeSymbol type) => EscapeType(type.Name) + Parameters(type);

    /// <summary>A type's parameters: <c>&lt;TKey, TValue&gt;</c>, or empty.</summary>
    public static string Parameters(INamedTypeSymbol type) =>
        type.TypeParameters.IsEmpty ? "" : $"<{string.Join(", ", type.TypeParameters.Select(parameter => EscapeType(parameter.Name)))}>";

    /// <summary>
    /// A type's name. One of small ASCII letters alone gets an @ too: the compiler warns that it may become a keyword unless each declaration has it. So does
    /// one that generated code calls another type by.
    /// </summary>
    public static string EscapeType(string name) =>
        name.All(letter => letter is >= 'a' and <= 'z') || ShortNames.Find(name) is not null ? "@" + name : Escape(name);

    private static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;
}
