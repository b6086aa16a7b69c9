using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace RnnGen.CodeFixes;

/// <summary>Removes a second <c>[LastStep]</c> or pooling layer (RNN015).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveSecondEndFix))]
[Shared]
public sealed class RemoveSecondEndFix() : NetworkFix("RNN015")
{
    private protected override (string Title, SyntaxNode Changed)? Fix(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic) =>
        LayerAttributes.Of(node) is { } attribute ? ($"Remove this [{LayerAttributes.NameOf(attribute)}]", LayerAttributes.Remove(root, attribute)) : null;
}
