using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Tests.Programs;

/// <summary>Equations as delegates over numbered values, because finite differences evaluate them very often.</summary>
internal sealed class CompiledExpr
{
    private readonly Dictionary<string, int> _slots = [];

    /// <summary>How many values there are.</summary>
    public int Count => _slots.Count;

    /// <summary>The number of a variable.</summary>
    public int Slot(string name)
    {
        if (!_slots.TryGetValue(name, out int slot))
            _slots.Add(name, slot = _slots.Count);
        return slot;
    }

    public Func<double[], double> Compile(Expr expression)
    {
        switch (expression)
        {
            case Constant constant:
                double value = constant.Value;
                return _ => value;
            case Variable variable:
                int slot = Slot(variable.Name);
                return values => values[slot];
            case Add add:
                return Binary(add.Left, add.Right, (left, right) => left + right);
            case Sub sub:
                return Binary(sub.Left, sub.Right, (left, right) => left - right);
            case Mul mul:
                return Binary(mul.Left, mul.Right, (left, right) => left * right);
            case Div div:
                return Binary(div.Left, div.Right, (left, right) => left / right);
            case Max max:
                return Binary(max.Left, max.Right, Math.Max);
            case Min min:
                return Binary(min.Left, min.Right, Math.Min);
            case StopGradient stop:
                return Compile(stop.Value);
            case Apply apply:
                var argument = Compile(apply.Argument);
                return values => apply.Function.Value(argument(values));
            case Select select:
                var (condition, positive, otherwise) = (Compile(select.Condition), Compile(select.Positive), Compile(select.Otherwise));
                return values => condition(values) > 0 ? positive(values) : otherwise(values);
            case SumError:
                return _ => 0; // what double precision loses is not looked at
            case MultiplyAdd fused:
                var (product, addend) = (Binary(fused.Left, fused.Right, (left, right) => left * right), Compile(fused.Addend));
                return values => product(values) + addend(values);
            case SubtractProduct fused:
                var (subtracted, from) = (Binary(fused.Left, fused.Right, (left, right) => left * right), Compile(fused.Addend));
                return values => from(values) - subtracted(values);
            default:
                throw new ArgumentException($"no value of {expression}");
        }
    }

    private Func<double[], double> Binary(Expr left, Expr right, Func<double, double, double> operation)
    {
        var (first, second) = (Compile(left), Compile(right));
        return values => operation(first(values), second(values));
    }
}
