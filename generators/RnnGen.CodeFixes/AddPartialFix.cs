using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.CodeFixes;

/// <summary>Adds <c>partial</c> to a network's class (RNN001), or to the types around it (RNN002).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddPartialFix))]
[Shared]
public sealed class AddPartialFix() : NetworkFix("RNN001", "RNN002")
{
    private protected override (string Title, SyntaxNode Changed)? Fix(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        bool isAround = diagnostic.Id == "RNN002";
        TypeDeclarationSyntax[] types = [.. node.AncestorsAndSelf().OfType<TypeDeclarationSyntax>()];
        TypeDeclarationSyntax[] whole = [.. (isAround ? types.Skip(1) : types.Take(1)).Where(type => !Modifiers.Has(type, SyntaxKind.PartialKeyword))];
        if (whole.Length == 0)
            return null;
        string title = isAround ? "Add 'partial' to the types around the network" : "Add 'partial'";
        return (title, root.ReplaceNodes(whole, (_, changed) => Modifiers.AddPartial(changed)));
    }
}
