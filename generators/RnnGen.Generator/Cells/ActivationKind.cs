using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Cells;

/// <summary>An activation function: a member of the attribute's enumeration as an expression. A new one is one row here.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Alpha">What its α is by default; null where it has none.</param>
/// <param name="Beta">What its β is by default; null where it has none.</param>
/// <param name="Of">Its value at x, from α and β.</param>
internal sealed record ActivationKind(string Name, float? Alpha, float? Beta, Func<Expr, float, float, Expr> Of)
{
    /// <summary>The normalisation over the units: no function of one value, so a cell has it in stages of its own.</summary>
    public const string Softmax = "Softmax";

    /// <summary>The identity.</summary>
    public const string Linear = "Linear";

    /// <summary>The name of the enumeration, and of the option of a layer that has one activation; of others it is the end of their names.</summary>
    public const string Option = "Activation";

    private const float RootHalf = 0.70710678f;

    private static readonly IReadOnlyList<ActivationKind> Rows =
    [
        new(Linear, null, null, (x, _, _) => x),
        new("Relu", null, null, (x, _, _) => new Apply(Function.Relu, x)),
        new("Tanh", null, null, (x, _, _) => new Apply(Function.GateTanh, x)),
        new("Sigmoid", null, null, (x, _, _) => new Apply(Function.GateSigmoid, x)),
        new("LeakyRelu", 0.01f, null, (x, alpha, _) => new Apply(Function.Relu, x) + (alpha * (Expr)new Apply(Function.MinZero, x))),
        new("Elu", 1, null, (x, alpha, _) => new Apply(Function.Relu, x) + (alpha * (Expr)new Apply(Function.EluTail, x))),
        new("Softplus", null, null, (x, _, _) => new Apply(Function.Softplus, x)),
        new("Softsign", null, null, (x, _, _) => new Apply(Function.Softsign, x)),
        new("HardSigmoid", 1f / 6, 0.5f, HardSigmoid),
        new("HardSigmoidOnnx", 0.2f, 0.5f, HardSigmoid),
        new("Affine", 1, 0, Line),
        new("Gelu", null, null, (x, _, _) => 0.5f * x * (1 + (Expr)new Apply(Function.Erf, RootHalf * x))),
        new("Swish", null, null, (x, _, _) => x * new Apply(Function.Sigmoid, x)),
        new(Softmax, null, null, (x, _, _) => x),
    ];

    /// <summary>The names of the activations that act value by value.</summary>
    public static IReadOnlyList<string> Elementwise { get; } = Rows.Select(row => row.Name).Where(name => name != Softmax).ToList();

    /// <summary>Those and <see cref="Softmax"/>, for a layer whose output they are.</summary>
    public static IReadOnlyList<string> All { get; } = Rows.Select(row => row.Name).ToList();

    /// <summary>The activation of that name, or null.</summary>
    public static ActivationKind? Find(string name) => Rows.FirstOrDefault(row => row.Name == name);

    /// <summary>
    /// The option that holds the α of an activation: of <c>Activation</c> it is <c>ActivationAlpha</c>, of <c>GateActivation</c> <c>GateAlpha</c>.
    /// </summary>
    public static string AlphaOf(string option) => Prefix(option) + "Alpha";

    /// <summary>The option that holds its β.</summary>
    public static string BetaOf(string option) => Prefix(option) + "Beta";

    /// <summary>The option of the activation that an option is the α or β of; null where it is not.</summary>
    public static string? OptionOf(string option, string letter)
    {
        string suffix = letter == "α" ? "Alpha" : "Beta";
        if (!option.EndsWith(suffix, StringComparison.Ordinal))
            return null;
        string prefix = option.Substring(0, option.Length - suffix.Length);
        return prefix == Option ? Option : prefix + Option;
    }

    /// <summary>Its value at x; what is not given is the default. A factor of 0 takes its term away: 0 · ∞ would be no number.</summary>
    public Expr At(Expr x, float? alpha, float? beta) => Simplifier.Simplify(Of(x, alpha ?? Alpha ?? 0, beta ?? Beta ?? 0));

    private static string Prefix(string option) => option == Option ? option : option.Substring(0, option.Length - Option.Length);

    private static Expr HardSigmoid(Expr x, float alpha, float beta) => new Apply(Function.Clamp(0, 1), Line(x, alpha, beta));

    private static Expr Line(Expr x, float alpha, float beta) => (alpha * x) + beta;
}
