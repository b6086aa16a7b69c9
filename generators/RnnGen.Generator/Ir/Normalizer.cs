namespace RnnGen.Generator.Ir;

/// <summary>
/// Gives a name to every function's result and to every function's argument, so that a backward pass can refer to them: <c>h = o · Tanh(c)</c> becomes
/// <c>tanhC = Tanh(c); h = o · tanhC</c>.
/// </summary>
internal sealed class Normalizer
{
    private readonly List<Equation> _equations = [];
    private readonly HashSet<string> _names = [];

    /// <summary>The same equations with named functions and arguments; <paramref name="taken"/> names stay with those who have them.</summary>
    public static IReadOnlyList<Equation> Normalize(IEnumerable<Equation> equations, IEnumerable<string> taken)
    {
        var list = equations.ToList();
        var normalizer = new Normalizer();
        normalizer._names.UnionWith(list.Select(equation => equation.Name).Concat(taken));
        foreach (var equation in list)
            normalizer._equations.Add(equation with { Value = normalizer.Root(equation) });
        return normalizer._equations;
    }

    private Expr Root(Equation equation) => equation.Value is Apply apply
        ? apply with { Argument = Named(apply.Argument, equation.Name + "Arg") }
        : Inner(equation.Value, equation.Name);

    private Expr Inner(Expr value, string owner) => value is Apply apply ? Hoist(apply, owner) : value.Map(operand => Inner(operand, owner));

    private Variable Hoist(Apply apply, string owner)
    {
        string of = apply.Argument is Variable variable ? variable.Name : owner;
        string name = Unique(Names.Camel(apply.Function.Name) + Names.Pascal(of));
        var argument = Named(apply.Argument, name + "Arg");
        _equations.Add(new Equation(name, apply with { Argument = argument }));
        return new Variable(name);
    }

    private Expr Named(Expr value, string name)
    {
        var inner = Inner(value, name);
        if (inner is Variable)
            return inner;
        var variable = new Variable(Unique(name));
        _equations.Add(new Equation(variable.Name, inner));
        return variable;
    }

    private string Unique(string name)
    {
        string unique = name;
        for (int i = 2; !_names.Add(unique); i++)
            unique = name + Names.Number(i);
        return unique;
    }
}
