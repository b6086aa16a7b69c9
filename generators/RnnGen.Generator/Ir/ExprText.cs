namespace RnnGen.Generator.Ir;

/// <summary>Writes an expression as mathematics, for headers of generated files and for reviewers.</summary>
internal static class ExprText
{
    private const int SumLevel = 1;
    private const int ProductLevel = 2;
    private const int FactorLevel = 3;
    private const int DivisorLevel = 4;

    public static string Write(Equation equation) => $"{equation.Name} = {Write(equation.Value)}";

    public static string Write(Expr value) => Write(value, 0);

    private static string Write(Expr value, int level) => value switch
    {
        Constant constant => Names.Float(constant.Value).TrimEnd('f'),
        Variable variable => Names.Plain(variable.Name),
        Apply apply => $"{apply.Function.Name}({Write(apply.Argument)}{string.Concat(apply.Function.Parameters.Select(Parameter))})",
        Add add => Parenthesize($"{Write(add.Left, SumLevel)} + {Write(add.Right, SumLevel)}", level > SumLevel),
        Sub sub => Parenthesize($"{Write(sub.Left, SumLevel)} − {Write(sub.Right, ProductLevel)}", level > SumLevel),
        Mul mul => Parenthesize($"{Write(mul.Left, level == FactorLevel ? level : ProductLevel)} · {Write(mul.Right, FactorLevel)}", level > FactorLevel),
        Div div => Parenthesize($"{Write(div.Left, ProductLevel)} / {Write(div.Right, DivisorLevel)}", level > ProductLevel),
        Max max => $"Max({Write(max.Left)}, {Write(max.Right)})",
        Min min => $"Min({Write(min.Left)}, {Write(min.Right)})",
        StopGradient stop => $"StopGradient({Write(stop.Value)})",
        Select select => $"({Write(select.Condition)} > 0 ? {Write(select.Positive)} : {Write(select.Otherwise)})",
        SumError error => $"lost({Write(error.Left)} + {Write(error.Right, ProductLevel)})",
        MultiplyAdd fused => Write((fused.Left * fused.Right) + fused.Addend, level),
        SubtractProduct fused => Write(fused.Addend - (fused.Left * fused.Right), level),
        _ => value.ToString(),
    };

    private static string Parameter(float value) => ", " + Names.Float(value).TrimEnd('f');

    private static string Parenthesize(string text, bool needed) => needed ? $"({text})" : text;
}
