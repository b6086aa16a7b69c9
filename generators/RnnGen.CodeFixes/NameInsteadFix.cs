using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using RnnGen.Generator.Reading;

namespace RnnGen.CodeFixes;

/// <summary>Writes the name of the layer that was meant in <c>From</c> (RNN080), and that of the project's weights in <c>Weights</c> (RNN060).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NameInsteadFix))]
[Shared]
public sealed class NameInsteadFix() : NetworkFix("RNN060", "RNN080")
{
    private protected override (string Title, SyntaxNode Changed)? Fix(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(FixProperties.Instead, out string? instead) && instead is not null
            && diagnostic.Properties.TryGetValue(FixProperties.Written, out string? written) && written is not null
            && LayerAttributes.Of(node) is { } attribute
            && LayerAttributes.Text(LayerAttributes.Argument(attribute, diagnostic.Id == "RNN060" ? "Weights" : "From"), written) is { } text
            ? ($"Write \"{instead}\"", root.ReplaceNode(text, LayerAttributes.Literal(instead).WithTriviaFrom(text)))
            : null;
}
