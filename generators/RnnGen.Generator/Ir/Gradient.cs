namespace RnnGen.Generator.Ir;

/// <summary>
/// The backward equations of a list of forward equations, by reverse-mode differentiation: each equation, from the last to the first, passes its gradient on to
/// the values that it was computed from.
/// </summary>
internal sealed class Gradient
{
    private readonly Dictionary<string, Expr> _gradients = [];
    private readonly List<Equation> _equations = [];

    private Gradient()
    {
    }

    /// <summary>The equations that compute the gradients, in order.</summary>
    public IReadOnlyList<Equation> Equations => _equations;

    /// <summary>The gradient of each value that is not the left side of an equation and has one: pre-activations, states, parameters.</summary>
    public IReadOnlyDictionary<string, Expr> Leaves => _gradients;

    /// <param name="equations">Forward equations, <see cref="Normalizer">normalized</see>.</param>
    /// <param name="seeds">The gradients that values receive from outside.</param>
    public static Gradient Of(IReadOnlyList<Equation> equations, IReadOnlyDictionary<string, Expr> seeds)
    {
        var gradient = new Gradient();
        foreach (var seed in seeds.OrderBy(seed => seed.Key, System.StringComparer.Ordinal))
            gradient.Receive(seed.Key, seed.Value);
        foreach (var equation in equations.Reverse())
            gradient.Differentiate(equation);
        return gradient;
    }

    private void Differentiate(Equation equation)
    {
        if (!_gradients.TryGetValue(equation.Name, out var received))
            return;
        _gradients.Remove(equation.Name);
        Expr gradient = received as Variable ?? Define(Names.Gradient(equation.Name), received);
        Pass(gradient, equation.Value, equation.Name);
    }

    private Variable Define(string name, Expr value)
    {
        _equations.Add(new Equation(name, Simplifier.Simplify(value)));
        return new Variable(name);
    }

    /// <summary>The chain rule, one line an operation.</summary>
    private void Pass(Expr gradient, Expr value, string result)
    {
        switch (value)
        {
            case Variable variable:
                Receive(variable.Name, gradient);
                break;
            case Add add:
                Pass(gradient, add.Left, result);
                Pass(gradient, add.Right, result);
                break;
            case Sub sub:
                Pass(gradient, sub.Left, result);
                Pass(-1 * gradient, sub.Right, result);
                break;
            case Mul mul:
                Pass(gradient * mul.Right, mul.Left, result);
                Pass(gradient * mul.Left, mul.Right, result);
                break;
            case Select select:
                var chosen = new Apply(Function.Positive, select.Condition);
                Pass(gradient * chosen, select.Positive, result);
                Pass(gradient * (1 - (Expr)chosen), select.Otherwise, result);
                break;
            case SumError:
                break; // Constantly 0 but for rounding.
            case Apply apply:
                var derivative = apply.Function.Derivative ?? throw new NotSupportedException($"{apply.Function.Name} has no derivative.");
                Pass(gradient * derivative(apply.Argument, new Variable(result)), apply.Argument, result);
                break;
        }
    }

    private void Receive(string name, Expr gradient)
    {
        var more = Signed(gradient, out bool negative);
        _gradients[name] = _gradients.TryGetValue(name, out var sum)
            ? negative ? sum - more : IsNegated(sum, out var subtrahend) ? more - subtrahend : sum + more
            : gradient;
    }

    private static bool IsNegated(Expr value, out Expr magnitude)
    {
        magnitude = Signed(value, out bool negative);
        return negative;
    }

    /// <summary>Takes the factor −1 that a difference left on a gradient out of its product.</summary>
    private static Expr Signed(Expr value, out bool negative)
    {
        negative = false;
        switch (value)
        {
            case Mul { Left: Constant { Value: -1 } } mul:
                negative = true;
                return mul.Right;
            case Mul { Right: Constant { Value: -1 } } mul:
                negative = true;
                return mul.Left;
            case Mul mul:
                var left = Signed(mul.Left, out negative);
                return left * mul.Right;
            default:
                return value;
        }
    }
}
