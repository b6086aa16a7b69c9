namespace RnnGen.Generator.Ir;

/// <summary>Puts other expressions in the place of variables.</summary>
internal static class Substitution
{
    /// <summary>The same expression with others in the place of those variables for which there is one.</summary>
    public static Expr Apply(Expr value, Func<string, Expr?> find) => value switch
    {
        Variable variable => find(variable.Name) ?? variable,
        Add add => new Add(Apply(add.Left, find), Apply(add.Right, find)),
        Sub sub => new Sub(Apply(sub.Left, find), Apply(sub.Right, find)),
        Mul mul => new Mul(Apply(mul.Left, find), Apply(mul.Right, find)),
        Apply apply => apply with { Argument = Apply(apply.Argument, find) },
        Select select => new Select(Apply(select.Condition, find), Apply(select.Positive, find), Apply(select.Otherwise, find)),
        Constant => value,
        _ => throw new ArgumentException($"No variables are replaced in {value.GetType().Name}."),
    };
}
