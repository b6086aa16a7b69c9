namespace RnnGen.Generator.Ir;

/// <summary>
/// The algebra that a derivative leaves to be done: sums with 0, products with 0, 1 and −1, choices that are none. Whatever folds on one side of an operator
/// folds on the other. No fold changes a rounding.
/// </summary>
internal static class Simplifier
{
    public static Expr Simplify(Expr value) => value switch
    {
        Add add => Sum(Simplify(add.Left), Simplify(add.Right)),
        Sub sub => Difference(Simplify(sub.Left), Simplify(sub.Right)),
        Mul mul => Product(Simplify(mul.Left), Simplify(mul.Right)),
        Apply apply => Application(apply.Function, Simplify(apply.Argument)),
        Select select => Choice(Simplify(select.Condition), Simplify(select.Positive), Simplify(select.Otherwise)),
        SumError error => new SumError(Simplify(error.Left), Simplify(error.Right)),
        _ => value,
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
