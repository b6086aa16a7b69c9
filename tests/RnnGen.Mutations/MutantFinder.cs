using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.Mutations;

/// <summary>
/// Finds the places of a file where a small fault can be made: operators, conditions, constants, results and calls. Messages of exceptions, attributes and
/// assertions are left alone.
/// </summary>
internal sealed class MutantFinder(string file) : CSharpSyntaxWalker
{
    private static readonly Dictionary<SyntaxKind, string[]> Operators = new()
    {
        [SyntaxKind.LessThanToken] = ["<=", ">="],
        [SyntaxKind.LessThanEqualsToken] = ["<", ">"],
        [SyntaxKind.GreaterThanToken] = [">=", "<="],
        [SyntaxKind.GreaterThanEqualsToken] = [">", "<"],
        [SyntaxKind.EqualsEqualsToken] = ["!="],
        [SyntaxKind.ExclamationEqualsToken] = ["=="],
        [SyntaxKind.PlusToken] = ["-"],
        [SyntaxKind.MinusToken] = ["+"],
        [SyntaxKind.AsteriskToken] = ["/"],
        [SyntaxKind.SlashToken] = ["*"],
        [SyntaxKind.PercentToken] = ["*"],
        [SyntaxKind.AmpersandAmpersandToken] = ["||"],
        [SyntaxKind.BarBarToken] = ["&&"],
        [SyntaxKind.AmpersandToken] = ["|"],
        [SyntaxKind.BarToken] = ["&"],
        [SyntaxKind.LessThanLessThanToken] = [">>"],
        [SyntaxKind.GreaterThanGreaterThanToken] = ["<<"],
        [SyntaxKind.PlusEqualsToken] = ["-="],
        [SyntaxKind.MinusEqualsToken] = ["+="],
        [SyntaxKind.AsteriskEqualsToken] = ["/="],
        [SyntaxKind.SlashEqualsToken] = ["*="],
        [SyntaxKind.PlusPlusToken] = ["--"],
        [SyntaxKind.MinusMinusToken] = ["++"],
    };

    private static readonly Dictionary<string, string> Methods = new()
    {
        ["Min"] = "Max", ["Max"] = "Min", ["Any"] = "All", ["All"] = "Any", ["First"] = "Last", ["Last"] = "First",
    };

    private readonly List<Mutant> _mutants = [];

    /// <summary>The mutants of a file in the order of their places.</summary>
    public static IReadOnlyList<Mutant> Find(SyntaxTree tree, string file)
    {
        var finder = new MutantFinder(file);
        finder.Visit(tree.GetRoot());
        return finder._mutants;
    }

    public override void VisitAttributeList(AttributeListSyntax node)
    {
    }

    public override void VisitThrowStatement(ThrowStatementSyntax node)
    {
    }

    public override void VisitThrowExpression(ThrowExpressionSyntax node)
    {
    }

    public override void VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        if (node.Expression is MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name } && Methods.TryGetValue(name.Identifier.Text, out string? other))
            Add(name, other);
        base.VisitInvocationExpression(node);
    }

    public override void VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        Operator(node.OperatorToken);
        if (node.IsKind(SyntaxKind.CoalesceExpression))
            Add(node, node.Right.ToString());
        base.VisitBinaryExpression(node);
    }

    public override void VisitAssignmentExpression(AssignmentExpressionSyntax node)
    {
        Operator(node.OperatorToken);
        base.VisitAssignmentExpression(node);
    }

    public override void VisitPrefixUnaryExpression(PrefixUnaryExpressionSyntax node)
    {
        if (node.Kind() is SyntaxKind.UnaryMinusExpression or SyntaxKind.LogicalNotExpression)
            Add(node, node.Operand.ToString());
        else
            Operator(node.OperatorToken);
        base.VisitPrefixUnaryExpression(node);
    }

    public override void VisitPostfixUnaryExpression(PostfixUnaryExpressionSyntax node)
    {
        Operator(node.OperatorToken);
        base.VisitPostfixUnaryExpression(node);
    }

    public override void VisitLiteralExpression(LiteralExpressionSyntax node)
    {
        if (node.IsKind(SyntaxKind.TrueLiteralExpression))
            Add(node, "false");
        else if (node.IsKind(SyntaxKind.FalseLiteralExpression))
            Add(node, "true");
        else if (node.IsKind(SyntaxKind.NumericLiteralExpression))
            Add(node, $"({node} + 1)");
    }

    public override void VisitConditionalExpression(ConditionalExpressionSyntax node)
    {
        Add(node.Condition, $"!({node.Condition})");
        base.VisitConditionalExpression(node);
    }

    public override void VisitIfStatement(IfStatementSyntax node)
    {
        Add(node.Condition, $"!({node.Condition})");
        base.VisitIfStatement(node);
    }

    public override void VisitExpressionStatement(ExpressionStatementSyntax node)
    {
        if (node.Expression is InvocationExpressionSyntax or AssignmentExpressionSyntax)
            Add(node, ";");
        base.VisitExpressionStatement(node);
    }

    public override void VisitBreakStatement(BreakStatementSyntax node) => Add(node, ";");

    public override void VisitContinueStatement(ContinueStatementSyntax node) => Add(node, ";");

    private void Operator(SyntaxToken token)
    {
        if (!Operators.TryGetValue(token.Kind(), out string[]? others))
            return;
        foreach (string other in others)
        {
            var node = token.Parent!;
            _mutants.Add(new Mutant(file, LineOf(token.GetLocation()), token.Span, node.ToString(), Replaced(node, token, other)) { Text = other });
        }
    }

    private void Add(SyntaxNode node, string after) =>
        _mutants.Add(new Mutant(file, LineOf(node.GetLocation()), node.Span, node.ToString(), after) { Text = after });

    private static string Replaced(SyntaxNode node, SyntaxToken token, string other)
    {
        string text = node.ToString();
        int start = token.SpanStart - node.SpanStart;
        return text[..start] + other + text[(start + token.Span.Length)..];
    }

    private static int LineOf(Location location) => location.GetLineSpan().StartLinePosition.Line + 1;
}
