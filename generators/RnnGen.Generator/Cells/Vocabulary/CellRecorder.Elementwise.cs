using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Cells.Vocabulary;

/// <content>Operators and functions, element by element.</content>
internal sealed partial class CellRecorder
{
    private static readonly Dictionary<string, Function> Functions = new[]
    {
        Ir.Function.GateSigmoid, Ir.Function.GateTanh, Ir.Function.Relu, Ir.Function.Exp, Ir.Function.Log, Ir.Function.Sqrt, Ir.Function.Softplus,
        Ir.Function.LogSigmoid, Ir.Function.Abs, Ir.Function.Sin, Ir.Function.Cos, Ir.Function.Erf,
    }.ToDictionary(function => function.Name);

    /// <summary>A function of one value.</summary>
    public VectorValue Unary(VectorValue value, Func<Expr, Expr> apply) => Elementwise([value], elements => apply(elements[0]));

    /// <summary>An operator: a number, or a comparison.</summary>
    public object Binary(string name, VectorValue left, VectorValue right) => name switch
    {
        "+" => Joined(left, right, (a, b) => a + b) ?? Elementwise([left, right], of => of[0] + of[1]),
        "-" => (left.Gate is not null && right.Gate is null ? Joined(left, right, (a, b) => a - b) : null) ?? Elementwise([left, right], of => of[0] - of[1]),
        "*" => Scaled(left, right) ?? Elementwise([left, right], of => of[0] * of[1]),
        "/" => Elementwise([left, right], of => of[0] / of[1]),
        ">" => new ConditionValue(Elementwise([left, right], of => of[0] - of[1])),
        "<" => new ConditionValue(Elementwise([left, right], of => of[1] - of[0])),
        ">=" => new ConditionValue(Elementwise([left, right], of => of[1] - of[0]), IsNegated: true),
        "<=" => new ConditionValue(Elementwise([left, right], of => of[0] - of[1]), IsNegated: true),
        _ => throw _refuse($"there is no operator {name} of vectors", "write + − * / > < >= or <="),
    };

    public VectorValue Select(ConditionValue condition, VectorValue positive, VectorValue otherwise) =>
        Elementwise([condition.Difference, positive, otherwise], of => condition.IsNegated ? new Select(of[0], of[2], of[1]) : new Select(of[0], of[1], of[2]));

    /// <summary>A function by its word.</summary>
    public VectorValue Function(string word, IReadOnlyList<VectorValue> values) => word switch
    {
        _ when Functions.TryGetValue(word, out var function) => Unary(values[0], element => new Apply(function, element)),
        "Max" => Elementwise(values, of => new Max(of[0], of[1])),
        "Min" => Elementwise(values, of => new Min(of[0], of[1])),
        "StopGradient" => Unary(values[0], element => new StopGradient(element)),
        _ => throw _refuse($"there is no word '{word}'", "use a generator as new as the package that wrote these equations"),
    };

    /// <summary>An activation; a value that it needs twice gets a name.</summary>
    public VectorValue Activate(ActivationKind row, VectorValue value, float? alpha, float? beta)
    {
        bool repeats = row.At(new Ir.Variable("x"), alpha, beta).Variables.Count() > 1;
        if (repeats && Completed(value) is { Value: not (Ir.Variable or Constant), Size: > 0 } whole)
            value = Record(value.Gate is { } gate ? gate + "Arg" : "activated", whole);
        return Unary(value, element => row.At(element, alpha, beta));
    }

    private VectorValue Elementwise(IReadOnlyList<VectorValue> values, Func<IReadOnlyList<Expr>, Expr> combine)
    {
        var elements = values.Select(Elements).ToList();
        var sized = values.Where(value => value.Size > 0).ToList();
        foreach (var value in sized)
            CheckSizes(sized[0], value);
        return new VectorValue(this, Simplifier.Simplify(combine(elements)), sized.Count > 0 ? sized[0].Size : 0);
    }
}
