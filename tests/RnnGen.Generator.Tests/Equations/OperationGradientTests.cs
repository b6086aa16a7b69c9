using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Tests.Equations;

/// <summary>The derivatives of the operations on two values that are not sums and products, and of what nothing flows back from.</summary>
public sealed class OperationGradientTests
{
    private static readonly Expr X = new Variable("x"), W = new Variable("w"), V = new Variable("v");

    private static readonly Dictionary<string, Expr> Values = new()
    {
        ["a quotient"] = X / W,
        ["a reciprocal"] = 1 / X,
        ["a quotient by a number"] = X / 3,
        ["a quotient of itself"] = X / X,
        ["a quotient of quotients"] = (X / W) / (V / X),
        ["a product with a quotient"] = W * (X / V) * X,
        ["a quotient of products"] = (X * V) / (W * X * V),
        ["a difference of quotients"] = (V / X) - (X / V) - (1 / (W * W)),
        ["a function of a quotient"] = new Apply(Function.Tanh, X / (W + 3)) / (1 + (Expr)new Apply(Function.Exp, X)),
        ["the larger"] = new Max(X * V, W),
        ["the smaller"] = new Min(X * V, W),
        ["the larger of one value and a number"] = new Max(X, 0.25f) * X,
        ["the larger of smaller ones"] = new Max(new Min(X, W), new Min(V, W * X)) / V,
        ["one of two functions"] = new Min(new Apply(Function.Sin, X), new Apply(Function.Cos, V)) - new Max(W, X),
        ["the larger where one is chosen"] = new Select(V, new Max(X, W) * X, new Min(X, W)) * V,
    };

    public static TheoryData<string> Cases => [.. Values.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_gradient_is_that_of_the_value(string what)
    {
        foreach (double x in new[] { 1.3, 0.2, -0.6 })
            foreach (double v in new[] { 0.5, -1.7 })
            {
                var leaves = new Dictionary<string, double> { ["x"] = x, ["v"] = v, ["w"] = 0.7 };
                var gradients = ExprGradients.Derived(Values[what], leaves);
                Assert.Equal(Values[what].Variables.Distinct().Order(), gradients.Keys.Order());
                foreach (string leaf in gradients.Keys)
                {
                    double difference = ExprGradients.Difference(Values[what], leaves, leaf);
                    Assert.Equal(difference, gradients[leaf], 1e-7 * Math.Max(1, Math.Abs(difference)));
                }
            }
    }

    /// <summary>So the larger and the smaller, and their gradients, add up to those of the sum; infinities too are equal to themselves.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    [InlineData(double.NegativeInfinity)]
    public void At_a_tie_each_has_a_half(double value)
    {
        var leaves = new Dictionary<string, double> { ["x"] = value, ["w"] = value };
        foreach (Expr tie in new Expr[] { new Max(X, W), new Min(X, W) })
            Assert.Equal([0.5, 0.5], ExprGradients.Derived(tie, leaves).Values);
    }

    [Fact]
    public void Nothing_comes_back_from_the_value_that_is_not_chosen_be_its_derivative_infinite()
    {
        var leaves = new Dictionary<string, double> { ["x"] = 0, ["w"] = 0.7 };
        var root = new Apply(Function.Sqrt, X);
        foreach (Expr value in new Expr[] { new Max(root * W, W), new Max(W, root), new Min(W, 1 + root), new Min(1 + (root * root), W) })
            Assert.Equal(0, ExprGradients.Derived(value, leaves)["x"]);
    }

    [Fact]
    public void Nothing_flows_back_through_StopGradient()
    {
        var leaves = new Dictionary<string, double> { ["x"] = 1.3, ["w"] = 0.7, ["v"] = -0.4 };

        // Straight through: the value is W, the gradient that of X.
        Assert.Equal(Gradients(x: 1, w: 0), ExprGradients.Derived(X + new StopGradient(W - X), leaves));
        Assert.Equal(Gradients(x: 0.7, w: 0), ExprGradients.Derived(X * new StopGradient(W), leaves));
        Assert.Equal(Gradients(x: 0.7 * 1.3, w: 0), ExprGradients.Derived(X * new StopGradient(W * X), leaves));
        Assert.Equal(Gradients(x: 0, w: 1.3), ExprGradients.Derived(new StopGradient(X) * W, leaves));
        Assert.Equal(Gradients(x: 1 / 0.7, w: 0), ExprGradients.Derived(X / new StopGradient(new Apply(Function.Abs, W)), leaves));
        Assert.Equal(Gradients(x: 0, w: 0), ExprGradients.Derived(new StopGradient(new Apply(Function.Log, X * W)), leaves));

        static Dictionary<string, double> Gradients(double x, double w) => new() { ["x"] = x, ["w"] = w };
    }

    /// <summary>A stage that computes a value waits for what later stages give back, so that they give nothing must be said; and no equation is made for it.</summary>
    [Fact]
    public void What_is_stopped_receives_zero()
    {
        var equations = Normalizer.Normalize([new Equation("y", new StopGradient(new Apply(Function.Log, X * W)) + V)], ["x", "w", "v"]);

        var gradient = Ir.Gradient.Of(equations, new Dictionary<string, Expr> { ["y"] = new Variable("dy") });

        Assert.Equal(new Dictionary<string, Expr> { ["v"] = new Variable("dy"), ["w"] = 0, ["x"] = 0 }, gradient.Leaves.OrderBy(leaf => leaf.Key).ToDictionary());
        Assert.Empty(gradient.Equations);
    }
}
