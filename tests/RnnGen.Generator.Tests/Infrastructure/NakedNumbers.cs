using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnGen.Generator.Tests.Infrastructure;

/// <summary>
/// Finds numbers in the bodies of generated methods that stand where a stride, a size or an offset should have a name. Numbers that say how many of something
/// named there are stay: <c>3 * BlockUnits</c>, and what an unrolled loop over columns counts.
/// </summary>
internal static class NakedNumbers
{
    /// <summary>One, two and nothing need no name.</summary>
    private const int Plain = 2;

    /// <summary>Columns, words or blocks that an unrolled loop treats at once, at most.</summary>
    private const int Unrolled = 8;

    private static readonly string[] Unrolling = ["column", "word", "block"];

    /// <summary>The generated files that have kernels or loops.</summary>
    public static IEnumerable<SyntaxTree> Files(Compilation compilation) => compilation.SyntaxTrees.Where(HasKernels);

    /// <summary>The numbers of all of them, with their lines.</summary>
    public static IEnumerable<string> Of(Compilation compilation) => Files(compilation).SelectMany(tree => Of(compilation, tree));

    /// <summary>The numbers of a file, with their lines.</summary>
    public static IEnumerable<string> Of(Compilation compilation, SyntaxTree tree)
    {
        var model = compilation.GetSemanticModel(tree);
        return
            from body in tree.GetRoot().DescendantNodes().OfType<BlockSyntax>()
            where body.Parent is MethodDeclarationSyntax
            from literal in body.DescendantNodes().OfType<LiteralExpressionSyntax>()
            where literal.Token.Value is int and > Plain && !IsCount(literal, (int)literal.Token.Value, model)
            select string.Create(CultureInfo.InvariantCulture, $"{literal.Token.Value} in {Path.GetFileName(tree.FilePath)}: {Line(tree, literal)}");
    }

    private static bool HasKernels(SyntaxTree tree) =>
        new[] { ".Inference.g.cs", ".Training.g.cs", ".Loops.g.cs" }.Any(end => tree.FilePath.EndsWith(end, StringComparison.Ordinal));

    private static bool IsCount(LiteralExpressionSyntax literal, int value, SemanticModel model) =>
        literal.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is { IsConst: true } || literal.Parent switch
        {
            // The bits of half a word.
            BinaryExpressionSyntax shift when shift.IsKind(SyntaxKind.LeftShiftExpression) => true,
            BinaryExpressionSyntax product when product.IsKind(SyntaxKind.MultiplyExpression) => product.Left == literal && IsNamedConstant(product.Right, model),
            BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.AddExpression) => value <= Unrolled && IsUnrolling(sum.Left),
            BinaryExpressionSyntax rest when rest.IsKind(SyntaxKind.SubtractExpression) => value <= Unrolled && IsNamedConstant(rest.Left, model),
            AssignmentExpressionSyntax step => value <= Unrolled && IsUnrolling(step.Left),
            ArgumentSyntax { NameColon.Name.Identifier.Text: "Gates" } => true,
            // Which layer's noise it is.
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "DropoutNoise" } } } } => true,
            _ => false,
        };

    private static bool IsUnrolling(ExpressionSyntax index) => index is IdentifierNameSyntax name && Unrolling.Contains(name.Identifier.Text);

    private static bool IsNamedConstant(ExpressionSyntax size, SemanticModel model) =>
        model.GetConstantValue(size).HasValue && size.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any();

    private static string Line(SyntaxTree tree, LiteralExpressionSyntax literal) =>
        tree.GetText().Lines.GetLineFromPosition(literal.SpanStart).ToString().Trim();
}
