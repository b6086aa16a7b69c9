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
        _ => value.Map(Lower),
    };
}
