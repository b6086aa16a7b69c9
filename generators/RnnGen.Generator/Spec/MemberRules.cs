using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Diagnostics;

namespace RnnGen.Generator.Spec;

/// <summary>What the user's own part and the base class must leave to the generated part.</summary>
internal static class MemberRules
{
    public static void Check(NetworkDeclaration declaration, Compilation compilation, ProblemList problems)
    {
        var type = declaration.Type;
        if (type.IsStatic || type.IsRecord || (type.BaseType is { } parent && NetworkReader.IsNetwork(parent)))
            return; // Refused already; what more would be said of its members follows from that alone.
        CheckNames(declaration, problems);
        foreach (var member in type.GetMembers().Where(IsWrittenByUser))
            CheckMember(member, declaration, problems);
        if (declaration.Parts.FirstOrDefault(part => part.ParameterList is not null) is { } part)
            AddConstructor(type.Name + part.ParameterList, "is primary, so that generated ones would have to call it", part.Identifier.GetLocation(), problems);
        CheckInherited(declaration, compilation, problems);
        CheckConstruction(declaration, compilation, problems);
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

    /// <summary>A generated member that hides an inherited one would be a warning in generated code.</summary>
    private static void CheckInherited(NetworkDeclaration declaration, Compilation compilation, ProblemList problems)
    {
        var reported = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in BaseTypes(declaration.Type).SelectMany(parent => parent.GetMembers()).Where(GeneratedMembers.CollidesWith))
            if (IsWrittenByUser(member) && compilation.IsSymbolAccessibleWithin(member, declaration.Type) && reported.Add(member.Name))
                problems.Add(DiagnosticDescriptors.MemberCollision, declaration.NameLocation, $"{member.ContainingType.Name}.{member.Name}");
    }

    private static void CheckConstruction(NetworkDeclaration declaration, Compilation compilation, ProblemList problems)
    {
        var type = declaration.Type;
        if (BaseTypes(type).FirstOrDefault() is { TypeKind: TypeKind.Class } parent && !parent.InstanceConstructors.Any(IsCallable))
            Add($"derives from '{parent.Name}', which has no constructor without parameters", $"give '{parent.Name}' one");
        if (BaseTypes(type).Prepend(type).SelectMany(part => part.GetMembers()).FirstOrDefault(IsRequired) is { } required)
            Add($"has the required member '{required.Name}'", $"make '{required.Name}' optional");

        void Add(string reason, string cure) => problems.Add(DiagnosticDescriptors.ConstructionImpossible, declaration.NameLocation, reason, cure);

        bool IsCallable(IMethodSymbol constructor) =>
            constructor.Parameters.All(parameter => parameter.IsOptional || parameter.IsParams) && compilation.IsSymbolAccessibleWithin(constructor, type);
    }

    private static bool IsRequired(ISymbol member) => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    private static IEnumerable<INamedTypeSymbol> BaseTypes(INamedTypeSymbol type)
    {
        for (var parent = type.BaseType; parent is { SpecialType: not SpecialType.System_Object, TypeKind: not TypeKind.Error }; parent = parent.BaseType)
            yield return parent;
    }

    private static bool IsPrimary(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax);

    private static bool IsWrittenByUser(ISymbol member) =>
        !member.IsImplicitlyDeclared && !member.Locations.Any(location => NetworkReader.IsGenerated(location.SourceTree));
}
