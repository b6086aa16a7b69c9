namespace RnnGen.Generator.Ir;

/// <summary>
/// A scalar function that equations may apply. A new activation is one row here and its vector form, of the same name, in the runtime's <c>VectorMath</c>.
/// </summary>
/// <param name="Name">As printed, in equations and in generated code.</param>
/// <param name="Value">Its value in double precision: the reference of tests.</param>
/// <param name="Derivative">dy/dx as an expression of y alone, so that the tape need not keep x.</param>
internal sealed record Function(string Name, Func<double, double> Value, Func<Expr, Expr> Derivative)
{
    /// <summary>1 where x is positive, else 0.</summary>
    public static Function Positive { get; } = new("Positive", x => x > 0 ? 1 : 0, _ => 0);

    /// <summary>1 / x.</summary>
    public static Function Reciprocal { get; } = new("Reciprocal", x => 1 / x, y => -1 * y * y);

    /// <summary>The logistic function.</summary>
    public static Function Sigmoid { get; } = new("Sigmoid", x => 1 / (1 + Math.Exp(-x)), y => y * (1 - y));

    /// <summary>The hyperbolic tangent.</summary>
    public static Function Tanh { get; } = new("Tanh", Math.Tanh, y => 1 - (y * y));

    /// <summary>max(0, x). Its result is positive just where its argument is, so the derivative needs only y.</summary>
    public static Function Relu { get; } = new("Relu", x => Math.Max(0, x), y => new Apply(Positive, y));

    /// <summary>The function whose enumeration member has this name; null for <c>Linear</c>.</summary>
    public static Function? ForActivation(string activation) => activation switch
    {
        "Sigmoid" => Sigmoid,
        "Tanh" => Tanh,
        "Relu" => Relu,
        _ => null,
    };

    public bool Equals(Function? other) => Name == other?.Name;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);
}
