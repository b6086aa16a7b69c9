using RnnGen.Generator.Ir;
using RnnGen.Generator.Targets;

namespace RnnGen.Generator.Emit;

/// <summary>Prints an expression as C# over vectors of one type.</summary>
internal sealed class ExprPrinter(string vector, Arithmetic arithmetic)
{
    private const int SumLevel = 1;
    private const int ProductLevel = 2;
    private const int FactorLevel = 3;
    private const int DivisorLevel = 4;
    private const int SignLevel = 5;

    public string Print(Expr value) => Print(value, 0);

    /// <summary>A function of something that is printed already.</summary>
    public string Apply(Function function, string argument) =>
        $"{arithmetic.Functions}.{function.VectorForm}({argument}{string.Concat(function.Parameters.Select(Parameter))})";

    private string Print(Expr value, int level) => value switch
    {
        Constant { Value: 0 } => $"{vector}<float>.Zero",
        Constant constant => $"{vector}.Create({Names.Float(constant.Value)})",
        Variable variable => LocalName.Of(variable.Name),
        Mul { Left: Constant { Value: -1 } } negated => Negate(negated.Right, level),
        Mul { Right: Constant { Value: -1 } } negated => Negate(negated.Left, level),
        Add add => Parenthesize($"{Print(add.Left, SumLevel)} + {Print(add.Right, ProductLevel)}", level > SumLevel),
        Sub sub => Parenthesize($"{Print(sub.Left, SumLevel)} - {Print(sub.Right, ProductLevel)}", level > SumLevel),
        Mul mul => Parenthesize($"{Print(mul.Left, level == FactorLevel ? level : ProductLevel)} * {Print(mul.Right, FactorLevel)}", level > FactorLevel),
        Div div => Parenthesize($"{Print(div.Left, ProductLevel)} / {Print(div.Right, DivisorLevel)}", level > ProductLevel),
        Max max => $"{vector}.Max({Print(max.Left)}, {Print(max.Right)})",
        Min min => $"{vector}.Min({Print(min.Left)}, {Print(min.Right)})",
        StopGradient stop => Print(stop.Value, level == 0 ? 0 : SignLevel),
        Apply { Function: var function } apply => Apply(function, Print(apply.Argument)),
        Select select =>
            $"{vector}.ConditionalSelect({vector}.GreaterThan({Print(select.Condition)}, {vector}<float>.Zero), " +
            $"{Print(select.Positive)}, {Print(select.Otherwise)})",
        SumError error => $"{arithmetic.Functions}.SumError({Print(error.Left)}, {Print(error.Right)})",
        MultiplyAdd fused => arithmetic.MultiplyAdd(vector, $"{Print(fused.Left)}, {Print(fused.Right)}", Print(fused.Addend)),
        SubtractProduct fused => arithmetic.MultiplyAdd(vector, $"{Print(-1 * fused.Left)}, {Print(fused.Right)}", Print(fused.Addend)),
        _ => throw new ArgumentException($"no C# for {value}"),
    };

    /// <summary>A sign before a sign would be another operator of C#.</summary>
    private string Negate(Expr value, int level) => Parenthesize("-" + Print(value, SignLevel), level >= SignLevel);

    private static string Parameter(float value) => ", " + Names.Float(value);

    private static string Parenthesize(string text, bool needed) => needed ? $"({text})" : text;
}
