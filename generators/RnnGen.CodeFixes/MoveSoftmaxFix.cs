using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.CodeFixes;

/// <summary>Moves a softmax from a layer that cannot have it (RNN017) to the end of the network: into its last <c>[Dense]</c>, or after its last layer.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MoveSoftmaxFix))]
[Shared]
public sealed class MoveSoftmaxFix() : NetworkFix("RNN017")
{
    private protected override (string Title, SyntaxNode Changed)? Fix(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic)
    {
        if (LayerAttributes.Of(node) is not { Parent.Parent: ClassDeclarationSyntax type } attribute
            || attribute.ArgumentList?.Arguments.FirstOrDefault(IsSoftmax) is not { NameEquals: not null } softmax)
            return null;
        var last = type.AttributeLists.SelectMany(list => list.Attributes).Last(each => LayerAttributes.NameOf(each) is not ("NativeExport" or "NativeExportAttribute"));
        var without = LayerAttributes.WithArguments(attribute, [.. attribute.ArgumentList.Arguments.Where(argument => argument != softmax)]);
        var moved = SyntaxFactory.AttributeArgument(softmax.Expression.WithoutTrivia());
        if (IsDenseWithoutActivation(last))
        {
            var dense = LayerAttributes.WithArguments(last, [last.ArgumentList!.Arguments[0], moved, .. last.ArgumentList.Arguments.Skip(1)]);
            return ("Move the softmax to the last [Dense]", root.ReplaceNodes([attribute, last], (old, _) => old == attribute ? without : dense));
        }

        var changed = type.ReplaceNode(attribute, without);
        var behind = changed.AttributeLists[type.AttributeLists.IndexOf((AttributeListSyntax)last.Parent!)];
        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(LayerAttributes.WithArguments(SyntaxFactory.Attribute(SyntaxFactory.IdentifierName("Activation")), [moved])))
            .WithLeadingTrivia(behind.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)))
            .WithTrailingTrivia(behind.GetTrailingTrivia());
        return ("Move the softmax to the end of the network", root.ReplaceNode(type, changed.WithAttributeLists(changed.AttributeLists.Insert(changed.AttributeLists.IndexOf(behind) + 1, list))));
    }

    private static bool IsSoftmax(AttributeArgumentSyntax argument) => argument.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Softmax" };

    private static bool IsDenseWithoutActivation(AttributeSyntax attribute) =>
        LayerAttributes.NameOf(attribute) is "Dense" or "DenseAttribute"
        && attribute.ArgumentList?.Arguments.Count(argument => argument.NameEquals is null) == 1;
}
