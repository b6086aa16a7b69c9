using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Reading;

namespace RnnGen.CodeFixes;

/// <summary>Writes the options that were meant in place of one that there is not (RNN028).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OptionNameFix))]
[Shared]
public sealed class OptionNameFix() : NetworkFix("RNN028")
{
    private protected override (string Title, SyntaxNode Changed)? Fix(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.TryGetValue(FixProperties.Instead, out string? instead) || instead is null
            || node.FirstAncestorOrSelf<AttributeArgumentSyntax>() is not { NameEquals: not null } wrong || LayerAttributes.Of(wrong) is not { } attribute)
            return null;
        string[] names = instead.Split(',');
        var meant = names.Where(name => LayerAttributes.Argument(attribute, name) is null).Select(name => wrong.WithNameEquals(SyntaxFactory.NameEquals(
            SyntaxFactory.IdentifierName(name).WithTrailingTrivia(SyntaxFactory.Space), SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space))));
        var arguments = attribute.ArgumentList!.Arguments.SelectMany(argument => argument == wrong ? meant : [argument]).ToList();
        return ($"Write {string.Join(" and ", names)}", root.ReplaceNode(attribute, LayerAttributes.WithArguments(attribute, arguments)));
    }
}
