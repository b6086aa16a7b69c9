using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.Generator.Spec;

/// <summary>Where the compiler looks for a short name that stands in a generated part of a class.</summary>
internal static class Scopes
{
    /// <summary>
    /// The short names that may mean something else where the class stands. Those that only seem to do no harm: they are written in full. The types around a
    /// class are nearer than usings inside its namespace, and so is the namespace; its surroundings and global usings are not. The words of the language have
    /// no using, and a class in the global namespace has its usings beside global ones, of whose aliases none may have the same name.
    /// </summary>
    public static IEnumerable<string> TakenNames(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        var space = Whole(type.ContainingNamespace, compilation);
        var aliases = new Lazy<HashSet<string>>(() => GlobalAliases(compilation, cancellation));
        return ShortNames.All.Concat([ShortNames.Inferred]).Where(name =>
            IsMember(type, name)
            || space.GetMembers(name).Any()
            || (ShortNames.Keywords.Contains(name) && compilation.ContainsSymbolsWithName(name, SymbolFilter.All, cancellation))
            || ((ShortNames.Keywords.Contains(name) || space.IsGlobalNamespace) && aliases.Value.Contains(name)));
    }

    /// <summary>A type and what it inherits from.</summary>
    public static IEnumerable<INamedTypeSymbol> OfBases(INamedTypeSymbol type)
    {
        for (var part = type; part is not null; part = part.BaseType)
            yield return part;
        if (type.TypeKind == TypeKind.Interface)
            foreach (var part in type.AllInterfaces)
                yield return part;
    }

    /// <summary>A namespace with what other assemblies have in it.</summary>
    public static INamespaceSymbol Whole(INamespaceSymbol space, Compilation compilation) => compilation.GetCompilationNamespace(space) ?? space;

    private static bool IsMember(INamedTypeSymbol type, string name)
    {
        for (var outer = type; outer is not null; outer = outer.ContainingType)
            if (outer.TypeParameters.Any(parameter => parameter.Name == name) || OfBases(outer).Any(part => !part.GetMembers(name).IsEmpty))
                return true;
        return false;
    }

    private static HashSet<string> GlobalAliases(Compilation compilation, CancellationToken cancellation) => new(
        from unit in compilation.SyntaxTrees.Select(tree => tree.GetRoot(cancellation)).OfType<CompilationUnitSyntax>()
        from directive in unit.Usings.Where(directive => directive.GlobalKeyword != default)
        select directive.Alias?.Name.Identifier.ValueText ?? "");
}
