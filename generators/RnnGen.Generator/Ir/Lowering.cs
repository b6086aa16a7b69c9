namespace RnnGen.Generator.Ir;

/// <summary>Fuses products into the sums that take them: a · b + c becomes one fused multiply-add.</summary>
internal static class Lowering
{
    public static IReadOnlyList<Equation> Lower(IEnumerable<Equation> equations) =>
        equations.Select(equation => equation with { Value = Lower(equation.Value) }).ToList();

    public static Expr Lower(Expr value) => value switch
    {
        Add { Left: Mul product } add => new MultiplyAdd(Lower(product.Left), Lower(product.Right), Lower(add.Right)),
        Add { Right: Mul product } add => new MultiplyAdd(Lower(product.Left), Lower(product.Right), Lower(add.Left)),
        Sub { Right: Mul product } sub => new SubtractProduct(Lower(product.Left), Lower(product.Right), Lower(sub.Left)),
        Add add => new Add(Lower(add.Left), Lower(add.Right)),
        Sub sub => new Sub(Lower(sub.Left), Lower(sub.Right)),
        Mul mul => new Mul(Lower(mul.Left), Lower(mul.Right)),
        Apply apply => apply with { Argument = Lower(apply.Argument) },
        Select select => new Select(Lower(select.Condition), Lower(select.Positive), Lower(select.Otherwise)),
        SumError error => new SumError(Lower(error.Left), Lower(error.Right)),
        _ => value,
    };
}
