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
        if (Simplifier.Simplify(received) is Constant { Value: 0 })
            received = 0;
        var gradient = received is Variable or Constant { Value: 0 } ? received : Define(Names.Gradient(equation.Name), received);
        Pass(gradient, equation.Value, equation.Name, passed => passed == gradient ? passed : Where(received, passed, 0));
    }

    private Variable Define(string name, Expr value)
    {
        _equations.Add(new Equation(name, Simplifier.Simplify(value)));
        return new Variable(name);
    }

    /// <summary>The chain rule, one line per operation.</summary>
    /// <param name="gradient">The gradient of a value.</param>
    /// <param name="value">The value.</param>
    /// <param name="result">The name of what it is part of.</param>
    /// <param name="chosen">
    /// What is left of a gradient, by the choices that the value is part of. They come last, after all factors: where a value is not chosen its derivative may be
    /// infinite, and 0 · ∞ would be no number.
    /// </param>
    private void Pass(Expr gradient, Expr value, string result, Func<Expr, Expr> chosen)
    {
        switch (value)
        {
            case Variable variable:
                Receive(variable.Name, chosen(gradient));
                break;
            case Add add:
                Pass(gradient, add.Left, result, chosen);
                Pass(gradient, add.Right, result, chosen);
                break;
            case Sub sub:
                Pass(gradient, sub.Left, result, chosen);
                Pass(-1 * gradient, sub.Right, result, chosen);
                break;
            case Mul mul:
                Pass(gradient * mul.Right, mul.Left, result, chosen);
                Pass(gradient * mul.Left, mul.Right, result, chosen);
                break;
            case Div div:
                Pass(gradient / div.Right, div.Left, result, chosen);
                Pass(-1 * (gradient / div.Right) * (div.Left / div.Right), div.Right, result, chosen);
                break;
            case Max max:
                Share(max, max.Left - max.Right, max.Right - max.Left);
                break;
            case Min min:
                Share(min, min.Right - min.Left, min.Left - min.Right);
                break;
            case Select select:
                ReceiveNothing(select.Condition);
                Pass(gradient, select.Positive, result, passed => chosen(new Select(select.Condition, passed, 0)));
                Pass(gradient, select.Otherwise, result, passed => chosen(new Select(select.Condition, 0, passed)));
                break;
            case SumError or StopGradient:
                ReceiveNothing(value); // Constant, but for rounding.
                break;
            case Apply apply:
                var derivative = apply.Function.Derivative ?? throw new NotSupportedException($"{apply.Function.Name} has no derivative.");
                Pass(gradient * derivative(apply.Argument, new Variable(result)), apply.Argument, result, chosen);
                break;
        }

        // What is positive where the left value is the result, and where the right one is; where neither is, both are equal, and each has a half.
        void Share(Binary either, Expr left, Expr right)
        {
            Pass(gradient, either.Left, result, passed => chosen(new Select(left, passed, new Select(right, 0, 0.5f * passed))));
            Pass(gradient, either.Right, result, passed => chosen(new Select(right, passed, new Select(left, 0, 0.5f * passed))));
        }
    }

    /// <summary>A value where any of the choices that a gradient consists of has chosen; something else where none has.</summary>
    private static Expr Where(Expr gradient, Expr value, Expr otherwise) => gradient switch
    {
        Constant { Value: 0 } => otherwise,
        Select select => Simplifier.Simplify(new Select(select.Condition, Where(select.Positive, value, otherwise), Where(select.Otherwise, value, otherwise))),
        Add add => Where(add.Left, value, Where(add.Right, value, otherwise)),
        Sub sub => Where(sub.Left, value, Where(sub.Right, value, otherwise)),
        _ => value,
    };

    private void Receive(string name, Expr gradient)
    {
        _gradients[name] = _gradients.TryGetValue(name, out var sum) ? Sum(sum, gradient) : gradient;
    }

    /// <summary>The gradient of what is used without anything coming back is 0, which must be said: the stage that computed it waits for it.</summary>
    private void ReceiveNothing(Expr value)
    {
        foreach (string variable in value.Variables)
            Receive(variable, 0);
    }

    /// <summary>Choices of one condition stay one choice: nothing is left of them where a value is chosen on neither side.</summary>
    private static Expr Sum(Expr sum, Expr gradient)
    {
        if (sum is Select first && gradient is Select second && first.Condition == second.Condition)
            return new Select(first.Condition, Sum(first.Positive, second.Positive), Sum(first.Otherwise, second.Otherwise));
        if (sum is Constant { Value: 0 } || gradient is Constant { Value: 0 })
            return sum is Constant { Value: 0 } ? gradient : sum;
        var more = Signed(gradient, out bool negative);
        return negative ? sum - more : IsNegated(sum, out var subtrahend) ? more - subtrahend : sum + more;
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
                return Signed(mul.Left, out negative) * mul.Right;
            case Div div:
                return Signed(div.Left, out negative) / div.Right;
            default:
                return value;
        }
    }
}
