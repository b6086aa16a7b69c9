using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.CodeFixes;

/// <summary>Makes an abstract, static or file-local class a sealed one (RNN003). A record may have been meant to be one, and stays.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeSealedFix))]
[Shared]
public sealed class MakeSealedFix() : NetworkFix("RNN003")
{
    private static readonly SyntaxKind[] Wrong = [SyntaxKind.AbstractKeyword, SyntaxKind.StaticKeyword, SyntaxKind.FileKeyword];

    private protected override (string Title, SyntaxNode Changed)? Fix(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic) =>
        node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is ClassDeclarationSyntax type && Wrong.Count(kind => Modifiers.Has(type, kind)) == 1
            ? ("Make the class sealed", root.ReplaceNode(type, Modifiers.Seal(type, Wrong.First(kind => Modifiers.Has(type, kind)))))
            : null;
}
