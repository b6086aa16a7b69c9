using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Diagnostics;

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
        if (declaration.Parts.FirstOrDefault(part => part.ParameterList is not null) is { } part)
            AddConstructor(type.Name + part.ParameterList, "is primary, so that generated ones would have to call it", part.Identifier.GetLocation(), problems);
        if (type.GetMembers().FirstOrDefault(IsRequired) is { } required)
            problems.Add(DiagnosticDescriptors.RequiredMember, required.Locations.FirstOrDefault() ?? declaration.NameLocation, required.Name);
    }

    /// <summary>A member cannot be named like its class or like a type parameter of its class.</summary>
    private static void CheckNames(NetworkDeclaration declaration, ProblemList problems)
    {
        foreach (var name in declaration.Type.TypeParameters.Select(parameter => parameter.Name).Prepend(declaration.Type.Name).Where(GeneratedMembers.IsTaken))
            problems.Add(DiagnosticDescriptors.MemberCollision, declaration.NameLocation, name);
    }

    private static void CheckMember(ISymbol member, NetworkDeclaration declaration, ProblemList problems)
    {
        var location = member.Locations.FirstOrDefault() ?? declaration.NameLocation;
        if (member is not IMethodSymbol { MethodKind: MethodKind.Constructor } constructor)
        {
            if (GeneratedMembers.CollidesWith(member))
                problems.Add(DiagnosticDescriptors.MemberCollision, location, member.Name);
        }
        else if (GeneratedMembers.CollidesWithConstructor(constructor) && !IsPrimary(constructor))
        {
            var signature = $"{declaration.Type.Name}({string.Join(", ", constructor.Parameters.Select(parameter => parameter.Type.ToDisplayString()))})";
            AddConstructor(signature, "has the parameters of a generated one", location, problems);
        }
    }

    private static void AddConstructor(string constructor, string reason, Location location, ProblemList problems) =>
        problems.Add(DiagnosticDescriptors.ConstructorCollision, location, constructor, reason);

    private static bool IsRequired(ISymbol member) => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    private static bool IsPrimary(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax);

    private static bool IsWrittenByUser(ISymbol member) =>
        !member.IsImplicitlyDeclared && !member.Locations.Any(location => NetworkReader.IsGenerated(location.SourceTree));
}
