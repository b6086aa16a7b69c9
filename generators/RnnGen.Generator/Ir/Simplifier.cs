namespace RnnGen.Generator.Ir;

/// <summary>The algebra that a derivative leaves to be done: sums with 0, products with 0 and 1.</summary>
internal static class Simplifier
{
    public static Expr Simplify(Expr value) => value switch
    {
        Add add => Sum(Simplify(add.Left), Simplify(add.Right)),
        Sub sub => Difference(Simplify(sub.Left), Simplify(sub.Right)),
        Mul mul => Product(Simplify(mul.Left), Simplify(mul.Right)),
        Apply apply => apply with { Argument = Simplify(apply.Argument) },
        Select select => new Select(Simplify(select.Condition), Simplify(select.Positive), Simplify(select.Otherwise)),
        SumError error => new SumError(Simplify(error.Left), Simplify(error.Right)),
        _ => value,
    };

    private static Expr Sum(Expr left, Expr right) => (left, right) switch
    {
        (Constant a, Constant b) => a.Value + b.Value,
        (Constant { Value: 0 }, _) => right,
        (_, Constant { Value: 0 }) => left,
        _ => left + right,
    };

    private static Expr Difference(Expr left, Expr right) => (left, right) switch
    {
        (Constant a, Constant b) => a.Value - b.Value,
        (_, Constant { Value: 0 }) => left,
        _ => left - right,
    };

    private static Expr Product(Expr left, Expr right) => (left, right) switch
    {
        (Constant a, Constant b) => a.Value * b.Value,
        (Constant { Value: 0 }, _) or (_, Constant { Value: 0 }) => 0,
        (Constant { Value: 1 }, _) => right,
        (_, Constant { Value: 1 }) => left,
        _ => left * right,
    };
}
