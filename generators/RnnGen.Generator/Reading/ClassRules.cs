using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Reading;

/// <summary>What the class and the types around it must be, so that a part of it can be written in another file.</summary>
internal static class ClassRules
{
    public static void Check(NetworkDeclaration declaration, ProblemList problems, CancellationToken cancellation)
    {
        var type = declaration.Type;
        if (declaration.Parts.FirstOrDefault(part => !IsPartial(part)) is { } whole)
            problems.Add(DiagnosticDescriptors.ClassNotPartial, whole.Identifier.GetLocation());
        if (UnsupportedKind(type) is { } kind)
            problems.Add(DiagnosticDescriptors.UnsupportedClass, declaration.NameLocation, kind);
        foreach (var outer in CodeNames.ContainingTypes(type))
            CheckContaining(outer, declaration, problems, cancellation);
        CheckOneDeclaration(declaration, problems, cancellation);
    }

    private static string? UnsupportedKind(INamedTypeSymbol type) => type switch
    {
        { IsFileLocal: true } => "file-local",
        { IsRecord: true } => "a record",
        { IsStatic: true } => "static",
        { IsAbstract: true } => "abstract",
        _ => null,
    };

    private static void CheckContaining(INamedTypeSymbol outer, NetworkDeclaration declaration, ProblemList problems, CancellationToken cancellation)
    {
        var keyword = CodeNames.KeywordOrNull(outer);
        if (outer.IsFileLocal)
            problems.Add(DiagnosticDescriptors.UnsupportedContainingType, declaration.NameLocation, outer.Name, "file-local");
        else if (keyword is null)
            problems.Add(DiagnosticDescriptors.UnsupportedContainingType, declaration.NameLocation, outer.Name, "not a class, struct, record or interface");
        else if (outer.DeclaringSyntaxReferences.Any(part => part.GetSyntax(cancellation) is TypeDeclarationSyntax syntax && !IsPartial(syntax)))
            problems.Add(DiagnosticDescriptors.ContainingTypeNotPartial, declaration.NameLocation, outer.Name, keyword);
    }

    /// <summary>The compiler does not say which of several declarations comes first, so layers on several have no order.</summary>
    private static void CheckOneDeclaration(NetworkDeclaration declaration, ProblemList problems, CancellationToken cancellation)
    {
        var home = declaration.Network?.ApplicationSyntaxReference?.GetSyntax(cancellation).FirstAncestorOrSelf<TypeDeclarationSyntax>();
        if (declaration.Layers.FirstOrDefault(layer => layer.Part != home) is { } stray)
            problems.Add(DiagnosticDescriptors.AttributesSpread, stray.Location, stray.Spec.Kind);
    }

    private static bool IsPartial(TypeDeclarationSyntax syntax) => syntax.Modifiers.Any(SyntaxKind.PartialKeyword);
}
