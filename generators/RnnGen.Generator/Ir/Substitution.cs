namespace RnnGen.Generator.Ir;

/// <summary>Puts other expressions in place of variables.</summary>
internal static class Substitution
{
    /// <summary>The same expression with others in place of those variables for which there is one.</summary>
    public static Expr Apply(Expr value, Func<string, Expr?> find) =>
        value is Variable variable ? find(variable.Name) ?? variable : value.Map(operand => Apply(operand, find));
}
