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
        ["quotient: x / 1"] = (X / 1, X),
        ["quotient: x / -1"] = (X / -1, -1 * X),
        ["quotient: 0 / x"] = (0 / X, 0),
        ["quotient: 6 / -4"] = ((Expr)6 / -4, -1.5f),
        ["quotient: -x / y"] = ((-1 * X) / Y, -1 * (X / Y)),
        ["quotient: x / -y"] = (X / (Y * -1), -1 * (X / Y)),
        ["quotient: -x / -y"] = ((0 - X) / (-1 * Y), X / Y),
        ["quotient: x / x"] = (X / X, X / X),
        ["x - (-y / 2)"] = (X - (-1 * Y / 2), X + (Y / 2)),
        ["max(0 + x, 1 * y)"] = (new Max(0 + X, 1 * Y), new Max(X, Y)),
        ["min(0 + x, 1 * y)"] = (new Min(0 + X, 1 * Y), new Min(X, Y)),
        ["stop(1 * x) + 0"] = (new StopGradient(1 * X) + 0, new StopGradient(X)),
        ["stop(0) + x"] = (new StopGradient(0) + X, new StopGradient(0) + X),
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
        Assert.Equal("-x", Print(-1 * X));
        Assert.Equal("-x", Print(X * -1));
        Assert.Equal("-(-x)", Print(-1 * (X * -1)));
        Assert.Equal("y - -x", Print(Y - (X * -1)));
        Assert.Equal("-(x + y) * y", Print((X + Y) * -1 * Y));
        Assert.Equal("Vector128.MultiplyAddEstimate(-(-x), y, y)", Print(Lowering.Lower(Y - (X * -1 * Y))));
    }

    /// <summary>What one sum adds to another stays one summand: x + (y - x) is y where (x + y) - x is what rounding has left of it.</summary>
    [Fact]
    public void Sums_keep_their_summands_together()
    {
        Assert.Equal("x + y - x", Print(X + Y - X));
        Assert.Equal("x + (y - x)", Print(X + (Y - X)));
        Assert.Equal("x + (y + x)", Print(X + (Y + X)));
        Assert.Equal("x - (y + x)", Print(X - (Y + X)));
    }

    /// <summary>Division is not associative: what stands in parentheses in the tree stands in them in C#.</summary>
    [Fact]
    public void Quotients_keep_their_operands_together()
    {
        Assert.Equal("x / y / x", Print(X / Y / X));
        Assert.Equal("x / (y / x)", Print(X / (Y / X)));
        Assert.Equal("x / (y * x)", Print(X / (Y * X)));
        Assert.Equal("x * y / x", Print(X * Y / X));
        Assert.Equal("x * (y / x)", Print(X * (Y / X)));
        Assert.Equal("x * (y / x) * y", Print(X * ((Y / X) * Y)));
        Assert.Equal("x / -y", Print(X / (-1 * Y)));
        Assert.Equal("-(x / y)", Print(-1 * (X / Y)));
        Assert.Equal("(x + y) / (x - y)", Print((X + Y) / (X - Y)));
        Assert.Equal("x - y / x", Print(X - (Y / X)));
        Assert.Equal("Vector128.MultiplyAddEstimate(x / y, y, x)", Print(Lowering.Lower(X + (X / Y * Y))));
        Assert.Equal("x / (y · x) · (y / x) + y", ExprText.Write((X / (Y * X) * (Y / X)) + Y));
        Assert.Equal("x · (y / x) · y", ExprText.Write(X * ((Y / X) * Y)));
    }

    [Fact]
    public void The_larger_and_the_smaller_are_those_of_vectors()
    {
        Assert.Equal("Vector128.Max(x + y, -x)", Print(new Max(X + Y, -1 * X)));
        Assert.Equal("Vector128.Min(x, Vector128.Create(0.5f)) * y", Print(new Min(X, 0.5f) * Y));
        Assert.Equal("Max(x + y, 0.5) · Min(x, y)", ExprText.Write(new Max(X + Y, 0.5f) * new Min(X, Y)));
    }

    /// <summary>What is stopped is rounded by itself, whatever stands around it.</summary>
    [Fact]
    public void StopGradient_is_its_argument_and_takes_no_part_in_fusing()
    {
        Assert.Equal("x", Print(new StopGradient(X)));
        Assert.Equal("x * y", Print(new StopGradient(X * Y)));
        Assert.Equal("x + (y - x)", Print(X + new StopGradient(Y - X)));
        Assert.Equal("(x + y) * (x * y)", Print(new StopGradient(X + Y) * new StopGradient(X * Y)));
        Assert.Equal("x - (-y)", Print(X - new StopGradient(-1 * Y)));
        Assert.Equal("x + (x * y)", Print(Lowering.Lower(X + new StopGradient(X * Y))));
        Assert.Equal("x + Vector128.MultiplyAddEstimate(x, y, y)", Print(Lowering.Lower(X + new StopGradient((X * Y) + Y))));
        Assert.Equal("x + StopGradient(y − x)", ExprText.Write(X + new StopGradient(Y - X)));
    }

    [Fact]
    public void Infinities_have_names_where_they_have_no_literals()
    {
        Assert.Equal("Vector128.Create(float.PositiveInfinity)", Print(Simplifier.Simplify((Expr)1 / 0)));
        Assert.Equal("Vector128.Create(float.NegativeInfinity)", Print(float.NegativeInfinity));
        Assert.Equal("Vector128.Create(float.NaN)", Print(float.NaN));
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

    private static string Print(Expr value) => LocalName.Write(new ExprPrinter("Vector128", Arithmetic.Fusing).Print(value));
}
