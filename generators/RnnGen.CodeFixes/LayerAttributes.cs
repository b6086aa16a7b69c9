using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.CodeFixes;

/// <summary>Finds, changes and removes attributes on a network's class.</summary>
internal static class LayerAttributes
{
    /// <summary>The attribute that a diagnostic is about: it is at the attribute, or within.</summary>
    public static AttributeSyntax? Of(SyntaxNode node) =>
        node.FirstAncestorOrSelf<AttributeSyntax>() ?? (node as AttributeListSyntax)?.Attributes.FirstOrDefault();

    /// <summary>A named argument.</summary>
    public static AttributeArgumentSyntax? Argument(AttributeSyntax attribute, string name) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name);

    /// <summary>What an attribute is called, without its namespace.</summary>
    public static string NameOf(AttributeSyntax attribute) => attribute.Name switch
    {
        QualifiedNameSyntax name => name.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax name => name.Name.Identifier.ValueText,
        var name => name.ToString(),
    };

    /// <summary>The string in an argument that has a value.</summary>
    public static LiteralExpressionSyntax? Text(AttributeArgumentSyntax? argument, string value) =>
        argument?.DescendantNodes().OfType<LiteralExpressionSyntax>().FirstOrDefault(literal => literal.Token.ValueText == value && literal.IsKind(SyntaxKind.StringLiteralExpression));

    /// <summary>A string as it is written in code.</summary>
    public static LiteralExpressionSyntax Literal(string value) => SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(value));

    /// <summary>Arguments with a space after each comma.</summary>
    public static AttributeSyntax WithArguments(AttributeSyntax attribute, IReadOnlyList<AttributeArgumentSyntax> arguments)
    {
        if (arguments.Count == 0)
            return attribute.WithArgumentList(null);
        var commas = Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), arguments.Count - 1);
        var list = attribute.ArgumentList ?? SyntaxFactory.AttributeArgumentList();
        return attribute.WithArgumentList(list.WithArguments(SyntaxFactory.SeparatedList(arguments, commas)));
    }

    /// <summary>Takes an attribute out, and the brackets where they had only that.</summary>
    public static SyntaxNode Remove(SyntaxNode root, AttributeSyntax attribute)
    {
        var list = (AttributeListSyntax)attribute.Parent!;
        return root.RemoveNode(list.Attributes.Count == 1 ? list : attribute, SyntaxRemoveOptions.KeepNoTrivia)!;
    }
}
