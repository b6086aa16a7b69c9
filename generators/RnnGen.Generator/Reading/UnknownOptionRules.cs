using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Diagnostics;

namespace RnnGen.Generator.Reading;

/// <summary>
/// Options that an attribute does not have. The compiler says of one only that it finds no type of that name, and after such an error it runs no analyzer: what else
/// is wrong with the network stays unsaid.
/// </summary>
internal static class UnknownOptionRules
{
    /// <summary>Whether an attribute of the class has such an option.</summary>
    public static bool Any(INamedTypeSymbol type, CancellationToken cancellation) => Find(type, cancellation).Any();

    public static void Check(INamedTypeSymbol type, ProblemList problems, CancellationToken cancellation)
    {
        foreach (var (attribute, name) in Find(type, cancellation))
        {
            var (kind, written) = (NetworkReader.KindOf(attribute), name.Identifier.ValueText);
            var options = Options(attribute);
            var instead = OptionNames.Instead(kind, written, options);
            string advice = instead.Count > 0 ? string.Join(" and ", instead) : "one of " + string.Join(", ", options);
            var fix = FixProperties.Of(instead.Count > 0 ? string.Join(",", instead) : null);
            problems.Add(DiagnosticDescriptors.UnknownOption, name.GetLocation(), fix, written, kind, advice);
        }
    }

    private static IEnumerable<(INamedTypeSymbol Attribute, IdentifierNameSyntax Name)> Find(INamedTypeSymbol type, CancellationToken cancellation)
    {
        foreach (var attribute in type.GetAttributes().Where(NetworkReader.IsOfNetwork))
        {
            if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax { ArgumentList.Arguments: var arguments })
                continue;
            foreach (var argument in arguments)
                if (argument.NameEquals is { } name && !Members(attribute.AttributeClass!).Any(member => member.Name == name.Name.Identifier.ValueText))
                    yield return (attribute.AttributeClass!, name.Name);
        }
    }

    private static List<string> Options(INamedTypeSymbol attribute) =>
        [.. Members(attribute).OfType<IPropertySymbol>().Where(property => property.SetMethod is { DeclaredAccessibility: Accessibility.Public }).Select(property => property.Name).Distinct()];

    /// <summary>What a named argument may be, or be refused by the compiler for a better reason than its name.</summary>
    private static IEnumerable<ISymbol> Members(INamedTypeSymbol attribute)
    {
        for (var type = attribute; type is { SpecialType: not SpecialType.System_Object }; type = type.BaseType)
            foreach (var member in type.GetMembers().Where(member => member is IPropertySymbol or IFieldSymbol))
                yield return member;
    }
}
