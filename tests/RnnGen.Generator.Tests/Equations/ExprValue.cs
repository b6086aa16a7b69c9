using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Tests.Equations;

/// <summary>The value of an expression in double precision.</summary>
internal static class ExprValue
{
    public static double Of(Expr expression, IReadOnlyDictionary<string, double> values) => expression switch
    {
        Constant constant => constant.Value,
        Variable variable => values[variable.Name],
        Add add => Of(add.Left, values) + Of(add.Right, values),
        Sub sub => Of(sub.Left, values) - Of(sub.Right, values),
        Mul mul => Of(mul.Left, values) * Of(mul.Right, values),
        Div div => Of(div.Left, values) / Of(div.Right, values),
        Max max => Math.Max(Of(max.Left, values), Of(max.Right, values)),
        Min min => Math.Min(Of(min.Left, values), Of(min.Right, values)),
        StopGradient stop => Of(stop.Value, values),
        Apply apply => apply.Function.Value(Of(apply.Argument, values)),
        Select select => Of(select.Condition, values) > 0 ? Of(select.Positive, values) : Of(select.Otherwise, values),
        SumError => 0, // what double precision loses is not looked at
        MultiplyAdd fused => (Of(fused.Left, values) * Of(fused.Right, values)) + Of(fused.Addend, values),
        SubtractProduct fused => Of(fused.Addend, values) - (Of(fused.Left, values) * Of(fused.Right, values)),
        _ => throw new ArgumentException($"no value of {expression}"),
    };

    /// <summary>Computes equations in their order, adding their values to those that are there.</summary>
    public static void Compute(IEnumerable<Equation> equations, Dictionary<string, double> values)
    {
        foreach (var equation in equations)
            values[equation.Name] = Of(equation.Value, values);
    }
}
