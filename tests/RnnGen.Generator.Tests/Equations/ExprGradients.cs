using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Tests.Equations;

/// <summary>The derivatives of one expression, as the generator derives them and as differences give them.</summary>
internal static class ExprGradients
{
    /// <summary>What the derived equations, lowered as in kernels, make of a gradient of 1: one number a leaf that receives any.</summary>
    public static Dictionary<string, double> Derived(Expr value, IReadOnlyDictionary<string, double> leaves)
    {
        var equations = Equations(value, leaves);
        var values = new Dictionary<string, double>(leaves) { ["dy"] = 1 };
        var gradient = Ir.Gradient.Of(equations, new Dictionary<string, Expr> { ["y"] = new Variable("dy") });
        ExprValue.Compute(equations, values);
        ExprValue.Compute(Lowering.Lower(gradient.Equations), values);
        return gradient.Leaves.ToDictionary(leaf => leaf.Key, leaf => ExprValue.Of(Lowering.Lower(Simplifier.Simplify(leaf.Value)), values));
    }

    /// <summary>The central difference by one leaf.</summary>
    public static double Difference(Expr value, IReadOnlyDictionary<string, double> leaves, string leaf)
    {
        var equations = Equations(value, leaves);
        var values = new Dictionary<string, double>(leaves);
        return FiniteDifferences.Of(Value, () => values[leaf], changed => values[leaf] = changed);

        double Value()
        {
            ExprValue.Compute(equations, values);
            return values["y"];
        }
    }

    private static IReadOnlyList<Equation> Equations(Expr value, IReadOnlyDictionary<string, double> leaves) =>
        Normalizer.Normalize([new Equation("y", value)], leaves.Keys);
}
