namespace RnnGen.Generator.Ir;

/// <summary>An elementwise expression over the units of a layer: what the equations of a cell are made of.</summary>
internal abstract record Expr
{
    /// <summary>The expressions that it is made of.</summary>
    public virtual IEnumerable<Expr> Operands => [];

    /// <summary>The variables that it mentions.</summary>
    public IEnumerable<string> Variables => this is Variable variable ? [variable.Name] : Operands.SelectMany(operand => operand.Variables);

    public static implicit operator Expr(float value) => new Constant(value);

    public static Expr operator +(Expr left, Expr right) => new Add(left, right);

    public static Expr operator -(Expr left, Expr right) => new Sub(left, right);

    public static Expr operator *(Expr left, Expr right) => new Mul(left, right);
}

/// <summary>A number.</summary>
internal sealed record Constant(float Value) : Expr;

/// <summary>A value with a name: a pre-activation, a state, a parameter, or the left side of an equation.</summary>
internal sealed record Variable(string Name) : Expr;

/// <summary>left + right.</summary>
internal sealed record Add(Expr Left, Expr Right) : Expr
{
    public override IEnumerable<Expr> Operands => [Left, Right];
}

/// <summary>left − right.</summary>
internal sealed record Sub(Expr Left, Expr Right) : Expr
{
    public override IEnumerable<Expr> Operands => [Left, Right];
}

/// <summary>left · right.</summary>
internal sealed record Mul(Expr Left, Expr Right) : Expr
{
    public override IEnumerable<Expr> Operands => [Left, Right];
}

/// <summary>function(argument).</summary>
internal sealed record Apply(Function Function, Expr Argument) : Expr
{
    public override IEnumerable<Expr> Operands => [Argument];
}

/// <summary>One value where a condition is positive, another elsewhere: whatever the other is, be it infinite, nothing of it is left.</summary>
internal sealed record Select(Expr Condition, Expr Positive, Expr Otherwise) : Expr
{
    public override IEnumerable<Expr> Operands => [Condition, Positive, Otherwise];
}

/// <summary>
/// What rounding takes from left + right: (left + right) − fl(left + right), exactly; 0 where the sum is not finite. Without rounding it would be 0, and so
/// would its derivative. It has a node of its own so that no algebra takes it for the 0 that it stands for.
/// </summary>
internal sealed record SumError(Expr Left, Expr Right) : Expr
{
    public override IEnumerable<Expr> Operands => [Left, Right];
}

/// <summary>left · right + addend in one rounding; only <see cref="Lowering"/> makes it.</summary>
internal sealed record MultiplyAdd(Expr Left, Expr Right, Expr Addend) : Expr
{
    public override IEnumerable<Expr> Operands => [Left, Right, Addend];
}

/// <summary>addend − left · right in one rounding; only <see cref="Lowering"/> makes it.</summary>
internal sealed record SubtractProduct(Expr Left, Expr Right, Expr Addend) : Expr
{
    public override IEnumerable<Expr> Operands => [Left, Right, Addend];
}

/// <summary>name = value. The order of a list of equations is the order in which they are computed.</summary>
internal sealed record Equation(string Name, Expr Value);
