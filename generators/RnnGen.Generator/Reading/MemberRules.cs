using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Reading;

/// <summary>What the user's own part must leave to the generated part.</summary>
internal static class MemberRules
{
    public static void Check(NetworkDeclaration declaration, ProblemList problems)
    {
        var type = declaration.Type;
        if (type.IsStatic || type.IsRecord)
            return; // Refused already; what more would be said of its members follows from that alone.
        CheckNames(declaration, problems);
        foreach (var member in type.GetMembers().Where(IsWrittenByUser))
            CheckMember(member, declaration, problems);
        CheckBases(declaration, problems);
        if (declaration.Parts.FirstOrDefault(part => part.ParameterList is not null) is { } part)
            AddConstructor(type.Name + part.ParameterList, "is a primary constructor, so the generated ones would have to call it", part.Identifier.GetLocation(), problems);
        if (type.GetMembers().FirstOrDefault(IsRequired) is { } required)
            problems.Add(DiagnosticDescriptors.RequiredMember, required.Locations.FirstOrDefault() ?? declaration.NameLocation, required.Name);
    }

    /// <summary>A member cannot be named like its class or like a type parameter of its class.</summary>
    private static void CheckNames(NetworkDeclaration declaration, ProblemList problems)
    {
        foreach (var name in declaration.Type.TypeParameters.Select(parameter => parameter.Name).Prepend(declaration.Type.Name).Where(name => GeneratedMembers.IsTaken(name, declaration)))
            problems.Add(DiagnosticDescriptors.MemberCollision, declaration.NameLocation, name);
    }

    private static void CheckMember(ISymbol member, NetworkDeclaration declaration, ProblemList problems)
    {
        var location = member.Locations.FirstOrDefault() ?? declaration.NameLocation;
        if (member is not IMethodSymbol { MethodKind: MethodKind.Constructor } constructor)
        {
            if (GeneratedMembers.CollidesWith(member, declaration))
                problems.Add(DiagnosticDescriptors.MemberCollision, location, member.Name);
        }
        else if (GeneratedMembers.CollidesWithConstructor(constructor) && !IsPrimary(constructor))
        {
            var signature = $"{declaration.Type.Name}({string.Join(", ", constructor.Parameters.Select(parameter => parameter.Type.ToDisplayString()))})";
            AddConstructor(signature, "has the same parameters as a generated constructor", location, problems);
        }
    }

    /// <summary>A base class may bring what it likes, but what generated members would hide, and what generated constructors could not call.</summary>
    private static void CheckBases(NetworkDeclaration declaration, ProblemList problems)
    {
        if (declaration.Type.BaseType is not { SpecialType: not SpecialType.System_Object, TypeKind: not TypeKind.Error } parent)
            return;
        foreach (var type in Scopes.OfBases(declaration.Type).Skip(1).Where(type => type.SpecialType != SpecialType.System_Object))
        {
            if (type.GetAttributes().Any(attribute => attribute.AttributeClass?.ToDisplayString() == SpecParser.NetworkAttribute))
            {
                problems.Add(DiagnosticDescriptors.BaseClass, declaration.NameLocation, type.Name, "it is itself a network");
                return;
            }

            foreach (var member in type.GetMembers().Where(member => IsInherited(member, declaration.Type) && GeneratedMembers.CollidesWith(member, declaration)))
                problems.Add(DiagnosticDescriptors.BaseClass, declaration.NameLocation, type.Name, $"its member '{member.Name}' has the name of a generated member");
        }

        if (!parent.InstanceConstructors.Any(constructor => constructor.DeclaredAccessibility != Accessibility.Private && constructor.Parameters.All(IsOptional)))
            problems.Add(DiagnosticDescriptors.BaseClass, declaration.NameLocation, parent.Name, "it has no parameterless constructor for the generated constructors to call");
    }

    private static bool IsInherited(ISymbol member, INamedTypeSymbol network) =>
        member is not IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor }
        && (member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal
            || (member.DeclaredAccessibility != Accessibility.Private && SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, network.ContainingAssembly)));

    private static bool IsOptional(IParameterSymbol parameter) => parameter.IsOptional || parameter.IsParams;

    private static void AddConstructor(string constructor, string reason, Location location, ProblemList problems) =>
        problems.Add(DiagnosticDescriptors.ConstructorCollision, location, constructor, reason);

    private static bool IsRequired(ISymbol member) => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    private static bool IsPrimary(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax);

    private static bool IsWrittenByUser(ISymbol member) =>
        !member.IsImplicitlyDeclared && !member.Locations.Any(location => NetworkReader.IsGenerated(location.SourceTree));
}
