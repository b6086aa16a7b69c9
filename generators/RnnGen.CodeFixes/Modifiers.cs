using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.CodeFixes;

/// <summary>Changes the modifiers of types, and nothing of the space and the comments around them.</summary>
internal static class Modifiers
{
    public static bool Has(TypeDeclarationSyntax type, SyntaxKind modifier) => type.Modifiers.Any(modifier);

    /// <summary>Adds <c>partial</c>, which comes last.</summary>
    public static TypeDeclarationSyntax AddPartial(TypeDeclarationSyntax type)
    {
        var partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (type.Modifiers.Count > 0)
            return (TypeDeclarationSyntax)type.WithModifiers(type.Modifiers.Add(partial));
        var keyword = type.Keyword;
        return (TypeDeclarationSyntax)type.WithKeyword(keyword.WithLeadingTrivia()).WithModifiers(SyntaxFactory.TokenList(partial.WithLeadingTrivia(keyword.LeadingTrivia)));
    }

    /// <summary>Puts <c>sealed</c> in place of a modifier; takes the modifier out where the type is sealed already.</summary>
    public static TypeDeclarationSyntax Seal(TypeDeclarationSyntax type, SyntaxKind instead)
    {
        var modifier = type.Modifiers.First(token => token.IsKind(instead));
        if (!Has(type, SyntaxKind.SealedKeyword))
            return (TypeDeclarationSyntax)type.WithModifiers(type.Modifiers.Replace(modifier, SyntaxFactory.Token(SyntaxKind.SealedKeyword).WithTriviaFrom(modifier)));
        var rest = type.Modifiers.Remove(modifier);
        return (TypeDeclarationSyntax)type.WithModifiers(rest.Replace(rest[0], rest[0].WithLeadingTrivia(type.Modifiers[0].LeadingTrivia)));
    }
}
