namespace RnnGen.Generator.Ir;

/// <summary>
/// The algebra that a derivative leaves to be done: sums with 0, products and quotients with 0, 1 and −1, choices that are none. Whatever folds on one side of an operator
/// folds on the other. No fold changes a rounding.
/// </summary>
internal static class Simplifier
{
    public static Expr Simplify(Expr value) => value.Map(Simplify) switch
    {
        Add add => Sum(add.Left, add.Right),
        Sub sub => Difference(sub.Left, sub.Right),
        Mul mul => Product(mul.Left, mul.Right),
        Div div => Quotient(div.Left, div.Right),
        Apply apply => Application(apply.Function, apply.Argument),
        Select select => Choice(select.Condition, select.Positive, select.Otherwise),
        var simple => simple,
    };

    private static Expr Sum(Expr left, Expr right) => (left, right) switch
    {
        (Constant a, Constant b) => a.Value + b.Value,
        (Constant { Value: 0 }, _) => right,
        (_, Constant { Value: 0 }) => left,
        (_, Mul { Left: Constant { Value: -1 } } negative) => left - negative.Right,
        (Mul { Left: Constant { Value: -1 } } negative, _) => right - negative.Right,
        _ => left + right,
    };

    private static Expr Difference(Expr left, Expr right) => (left, right) switch
    {
        (Constant a, Constant b) => a.Value - b.Value,
        (Constant { Value: 0 }, _) => Negated(right),
        (_, Constant { Value: 0 }) => left,
        (_, Mul { Left: Constant { Value: -1 } } negative) => left + negative.Right,
        _ => left - right,
    };

    private static Expr Product(Expr left, Expr right) => (left, right) switch
    {
        (Constant a, Constant b) => a.Value * b.Value,
        (Constant { Value: 0 }, _) or (_, Constant { Value: 0 }) => 0,
        (Constant { Value: 1 }, _) => right,
        (_, Constant { Value: 1 }) => left,
        (Constant { Value: -1 }, _) => Negated(right),
        (_, Constant { Value: -1 }) => Negated(left),
        _ => left * right,
    };

    private static Expr Quotient(Expr left, Expr right) => (left, right) switch
    {
        (Constant a, Constant b) => a.Value / b.Value,
        (Constant { Value: 0 }, _) => 0,
        (_, Constant { Value: 1 or -1 } unit) => Product(left, unit),
        (Mul { Left: Constant { Value: -1 } } negative, _) => Negated(Quotient(negative.Right, right)),
        (_, Mul { Left: Constant { Value: -1 } } negative) => Negated(left / negative.Right),
        _ => left / right,
    };

    /// <summary>−value. A constant factor takes the sign; −1 stands on the left, where all who look for a sign look.</summary>
    private static Expr Negated(Expr value) => value switch
    {
        Constant constant => -constant.Value,
        Mul { Left: Constant { Value: -1 } } negative => negative.Right,
        Mul { Left: Constant factor } mul => -factor.Value * mul.Right,
        Mul { Right: Constant factor } mul => mul.Left * -factor.Value,
        _ => -1 * value,
    };

    private static Expr Application(Function function, Expr argument) => (function, argument) switch
    {
        (_, Constant { Value: 1 or -1 } unit) when function == Function.Reciprocal => unit,
        _ => new Apply(function, argument),
    };

    private static Expr Choice(Expr condition, Expr positive, Expr otherwise) =>
        positive == otherwise ? positive
        : condition is Constant constant ? constant.Value > 0 ? positive : otherwise
        : new Select(condition, positive, otherwise);
}
