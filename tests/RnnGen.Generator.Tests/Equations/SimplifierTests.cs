using RnnGen.Generator.Emit;
using RnnGen.Generator.Ir;
using RnnGen.Generator.Targets;

namespace RnnGen.Generator.Tests.Equations;

/// <summary>The algebra of expressions: what folds on one side of an operator folds on the other.</summary>
public sealed class SimplifierTests
{
    private static readonly Expr X = new Variable("x");

    private static readonly Expr Y = new Variable("y");

    private static readonly Expr One = new Apply(Function.Reciprocal, 1);

    private static readonly Dictionary<string, (Expr Value, Expr Simple)> Folds = new()
    {
        ["0 + x"] = (0 + X, X),
        ["x + 0"] = (X + 0, X),
        ["x - 0"] = (X - 0, X),
        ["0 - x"] = (0 - X, -1 * X),
        ["0 * x"] = (0 * X, 0),
        ["x * 0"] = (X * 0, 0),
        ["1 * x"] = (1 * X, X),
        ["x * 1"] = (X * 1, X),
        ["-1 * x"] = (-1 * X, -1 * X),
        ["x * -1"] = (X * -1, -1 * X),
        ["x / 1"] = (X * One, X),
        ["1 / 1 * x"] = (One * X, X),
        ["--x"] = (-1 * (-1 * X), X),
        ["x * -1 * -1"] = (X * -1 * -1, X),
        ["-1 * (x * -1)"] = (-1 * (X * -1), X),
        ["-1 * x * -1"] = (-1 * X * -1, X),
        ["0 - (0 - x)"] = (0 - (0 - X), X),
        ["-(2x)"] = (-1 * (2 * X), -2 * X),
        ["-(x2)"] = (-1 * (X * 2), X * -2),
        ["x + -y"] = (X + (-1 * Y), X - Y),
        ["-y + x"] = ((-1 * Y) + X, X - Y),
        ["x + y * -1"] = (X + (Y * -1), X - Y),
        ["x - -y"] = (X - (-1 * Y), X + Y),
        ["x - y * -1"] = (X - (Y * -1), X + Y),
        ["2 + 3"] = ((Expr)2 + 3, 5),
        ["2 - 3"] = ((Expr)2 - 3, -1),
        ["2 * 3"] = ((Expr)2 * 3, 6),
        ["x > 0 ? y : y"] = (new Select(X, Y, Y), Y),
        ["1 > 0 ? x : y"] = (new Select(1, X, Y), X),
        ["0 > 0 ? x : y"] = (new Select(0, X, Y), Y),
    };

    public static TheoryData<string> Cases => [.. Folds.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Folds_on_either_side(string what) => Assert.Equal(Folds[what].Simple, Simplifier.Simplify(Folds[what].Value));

    /// <summary>Also what no algebra has touched, as forward equations are printed: two signs side by side would be another operator of C#.</summary>
    [Fact]
    public void A_negation_is_printed_as_one_whichever_side_it_stands_on()
    {
        var printer = new ExprPrinter("Vector128", Arithmetic.Fusing);

        Assert.Equal("-x", LocalName.Write(printer.Print(-1 * X)));
        Assert.Equal("-x", LocalName.Write(printer.Print(X * -1)));
        Assert.Equal("-(-x)", LocalName.Write(printer.Print(-1 * (X * -1))));
        Assert.Equal("y - -x", LocalName.Write(printer.Print(Y - (X * -1))));
        Assert.Equal("-(x + y) * y", LocalName.Write(printer.Print((X + Y) * -1 * Y)));
        Assert.Equal("Vector128.MultiplyAddEstimate(-(-x), y, y)", LocalName.Write(printer.Print(Lowering.Lower(Y - (X * -1 * Y)))));
    }

    [Fact]
    public void A_gradient_is_subtracted_whichever_side_the_sign_stands_on()
    {
        Assert.Equal(Derivative(-1 * X), Derivative(X * -1));
        Assert.Equal("dy − dz", Derivative(-1 * X));

        static string Derivative(Expr negative)
        {
            var equations = new[] { new Equation("z", negative), new Equation("y", X) };
            var seeds = new Dictionary<string, Expr> { ["y"] = new Variable("dy"), ["z"] = new Variable("dz") };
            return ExprText.Write(Ir.Gradient.Of(equations, seeds).Leaves["x"]);
        }
    }
}
