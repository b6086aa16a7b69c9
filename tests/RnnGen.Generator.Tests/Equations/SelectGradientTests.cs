using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Tests.Equations;

/// <summary>
/// Where one of two values is chosen, nothing of the other comes back, be its derivative infinite; of the one that is chosen comes all. All cases use q, which has
/// an infinite derivative at x = 0, just where x is positive.
/// </summary>
public sealed class SelectGradientTests
{
    private static readonly Expr X = new Variable("x"), W = new Variable("w"), V = new Variable("v"), Q = new Apply(Function.Reciprocal, X);

    private static readonly Dictionary<string, Expr> Values = new()
    {
        ["the function alone"] = new Select(X, Q, W),
        ["a product with it"] = new Select(X, W * Q, W),
        ["a product with it, the other way round"] = new Select(X, Q * W, W),
        ["a difference from it"] = new Select(X, W - Q, W),
        ["its square"] = new Select(X, Q * Q, W),
        ["on the other side"] = new Select(0 - X, W, new Select(X, Q * W, V)),
        ["a choice among others"] = W * new Select(X, W * Q, 1),
        ["two choices of one condition"] = new Select(X, W * Q, V) - new Select(X, Q, W),
        ["two choices of different conditions"] = new Select(X, W * Q, V) + new Select(X * 2, Q, W),
        ["a choice in a choice"] = new Select(V, new Select(X, Q * W, W), new Select(X, Q, V)),
        ["a function of the function"] = new Select(X, new Apply(Function.Tanh, W * Q), W),
    };

    public static TheoryData<string> Cases => [.. Values.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Nothing_comes_back_from_the_side_that_is_not_chosen(string what)
    {
        foreach (double v in new[] { 0.5, -0.5 })
        {
            var gradients = Gradients(what, x: 0, v);

            Assert.All(gradients.Values, gradient => Assert.True(double.IsFinite(gradient), string.Join(", ", gradients)));
            Assert.Equal(0, gradients["x"]);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void All_comes_back_from_the_side_that_is_chosen(string what)
    {
        foreach (double x in new[] { 1.5, -1.5 })
            foreach (double v in new[] { 0.5, -0.5 })
            {
                var gradients = Gradients(what, x, v);

                foreach (string leaf in gradients.Keys)
                    Assert.Equal(ExprGradients.Difference(Values[what], Leaves(x, v), leaf), gradients[leaf], 1e-7);
            }
    }

    private static Dictionary<string, double> Gradients(string what, double x, double v) => ExprGradients.Derived(Values[what], Leaves(x, v));

    private static Dictionary<string, double> Leaves(double x, double v) => new() { ["x"] = x, ["v"] = v, ["w"] = 0.7 };
}
