using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Reading;

namespace RnnGen.CodeFixes;

/// <summary>Lets a layer that joins others, and says of none that it reads it, read the two before it (RNN085).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SetFromFix))]
[Shared]
public sealed class SetFromFix() : NetworkFix("RNN085")
{
    private protected override (string Title, SyntaxNode Changed)? Fix(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.TryGetValue(FixProperties.Instead, out string? instead) || instead is null || LayerAttributes.Of(node) is not { } attribute)
            return null;
        string from = $"From = [{string.Join(", ", instead.Split(',').Select(name => LayerAttributes.Literal(name).ToString()))}]";
        var argument = ((AttributeListSyntax)SyntaxFactory.ParseCompilationUnit($"[A({from})] class B;").DescendantNodes().First(each => each is AttributeListSyntax))
            .Attributes[0].ArgumentList!.Arguments[0];
        AttributeArgumentSyntax[] others = [.. attribute.ArgumentList?.Arguments ?? default];
        return ($"Set {from}", root.ReplaceNode(attribute, LayerAttributes.WithArguments(attribute, [.. others, argument])));
    }
}
