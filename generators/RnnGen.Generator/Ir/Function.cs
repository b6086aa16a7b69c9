namespace RnnGen.Generator.Ir;

/// <summary>
/// A scalar function that equations may apply. A new one is one row here and its vector form, in the runtime's <c>VectorMath</c>.
/// </summary>
/// <param name="Name">As printed, in equations and in generated code.</param>
/// <param name="Value">Its value in double precision: the reference of tests.</param>
/// <param name="Derivative">
/// dy/dx as an expression of x and y; null for a function that only derivatives use. What it mentions is kept on the tape: y, where there is a choice, as later
/// equations mostly need it anyway.
/// </param>
internal sealed record Function(string Name, Func<double, double> Value, Func<Expr, Expr, Expr>? Derivative)
{
    /// <summary>Its vector form in <c>VectorMath</c>, where that has another name.</summary>
    public string VectorForm { get; init; } = Name;

    /// <summary>Further arguments, after x.</summary>
    public IReadOnlyList<float> Parameters { get; init; } = [];

    /// <summary>1 where x is positive, else 0.</summary>
    public static Function Positive { get; } = new("Positive", x => x > 0 ? 1 : 0, (_, _) => 0);

    /// <summary>1 / x.</summary>
    public static Function Reciprocal { get; } = new("Reciprocal", x => 1 / x, (_, y) => -1 * y * y);

    /// <summary>The logistic function.</summary>
    public static Function Sigmoid { get; } = new("Sigmoid", x => 1 / (1 + Math.Exp(-x)), (_, y) => y * (1 - y));

    /// <summary>The hyperbolic tangent.</summary>
    public static Function Tanh { get; } = new("Tanh", Math.Tanh, (_, y) => 1 - (y * y));

    /// <summary>The logistic function where only its absolute error counts.</summary>
    public static Function GateSigmoid { get; } = Sigmoid with { VectorForm = "GateSigmoid" };

    /// <summary>The hyperbolic tangent where only its absolute error counts.</summary>
    public static Function GateTanh { get; } = Tanh with { VectorForm = "GateTanh" };

    /// <summary>The logistic function by a shorter formula.</summary>
    public static Function FastSigmoid { get; } = Sigmoid with { VectorForm = "FastSigmoid" };

    /// <summary>The hyperbolic tangent by a shorter formula.</summary>
    public static Function FastTanh { get; } = Tanh with { VectorForm = "FastTanh" };

    /// <summary>max(0, x). Its result is positive just where its argument is, so the derivative needs only y.</summary>
    public static Function Relu { get; } = new("Relu", x => Math.Max(0, x), (_, y) => new Apply(Positive, y));

    /// <summary>min(0, x), with derivative 1 at 0: <see cref="Relu"/> and it add up to x, and their derivatives to 1.</summary>
    public static Function MinZero { get; } = new("MinZero", x => Math.Min(0, x), (x, _) => 1 - (Expr)new Apply(Positive, x));

    /// <summary>e^x.</summary>
    public static Function Exp { get; } = new("Exp", Math.Exp, (_, y) => y);

    /// <summary>e^x − 1 below 0, else 0; the derivative at 0 is 1.</summary>
    public static Function EluTail { get; } = new("EluTail", x => x < 0 ? Math.Exp(x) - 1 : 0, (x, y) => (1 - (Expr)new Apply(Positive, x)) * (y + 1));

    /// <summary>|x|, with derivative 0 at 0.</summary>
    public static Function Abs { get; } = new("Abs", Math.Abs, (x, _) => new Apply(Positive, x) - (Expr)new Apply(Positive, -1 * x));

    /// <summary>The sine.</summary>
    public static Function Sin { get; } = new("Sin", Math.Sin, (x, _) => new Apply(Cos!, x));

    /// <summary>The cosine.</summary>
    public static Function Cos { get; } = new("Cos", Math.Cos, (x, _) => -1 * (Expr)new Apply(Sin, x));

    /// <summary>log(1 + e^x).</summary>
    public static Function Softplus { get; } = new("Softplus", x => Math.Max(0, x) + Math.Log(1 + Math.Exp(-Math.Abs(x))), (x, _) => new Apply(Sigmoid, x));

    /// <summary>log σ(x), which is −log(1 + e^−x).</summary>
    public static Function LogSigmoid { get; } = new("LogSigmoid", x => Math.Min(0, x) - Math.Log(1 + Math.Exp(-Math.Abs(x))), (x, _) => new Apply(Sigmoid, -1 * x));

    /// <summary>1 / (1 + |x|)².</summary>
    public static Function SoftsignSlope { get; } = new("SoftsignSlope", x => 1 / ((1 + Math.Abs(x)) * (1 + Math.Abs(x))), null);

    /// <summary>x / (1 + |x|). By y the derivative would be (1 − |y|)², of which little is left where |y| is close to 1.</summary>
    public static Function Softsign { get; } = new("Softsign", x => x / (1 + Math.Abs(x)), (x, _) => new Apply(SoftsignSlope, x));

    /// <summary>The error function.</summary>
    public static Function Erf { get; } = new("Erf", Runtime.ErrorFunction.At, (x, _) => TwoOverRootPi * (Expr)new Apply(Exp, -1 * (x * x)));

    /// <summary>The natural logarithm.</summary>
    public static Function Log { get; } = new("Log", Math.Log, (x, _) => 1 / x);

    /// <summary>√x; the derivative at 0 is infinite.</summary>
    public static Function Sqrt { get; } = new("Sqrt", Math.Sqrt, (_, y) => 0.5f / y);

    /// <summary>1 / √x.</summary>
    public static Function InverseSqrt { get; } = new("InverseSqrt", x => 1 / Math.Sqrt(x), (_, y) => -0.5f * (y * y * y));

    private const float TwoOverRootPi = 1.12837917f;

    /// <summary>x within bounds. The result is inside just where the argument is, so the derivative needs only y; at a bound it is 0.</summary>
    public static Function Clamp(float low, float high) =>
        new("Clamp", x => Math.Min(Math.Max(x, low), high), (_, y) => new Apply(Inside(low, high), y)) { Parameters = [low, high] };

    /// <summary>1 strictly between two bounds, else 0.</summary>
    public static Function Inside(float low, float high) => new("Inside", x => x > low && x < high ? 1 : 0, (_, _) => 0) { Parameters = [low, high] };

    public bool Equals(Function? other) => VectorForm == other?.VectorForm && Parameters.SequenceEqual(other.Parameters);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(VectorForm);
}
