namespace RnnGen.Generator.Ir;

/// <summary>An elementwise expression over the units of a layer: what the equations of a cell are made of.</summary>
internal abstract record Expr
{
    /// <summary>The expressions that it is made of.</summary>
    public virtual IEnumerable<Expr> Operands => [];

    /// <summary>The same operation on other operands, made of its own.</summary>
    public virtual Expr Map(Func<Expr, Expr> change) => this;

    /// <summary>The variables that it mentions.</summary>
    public IEnumerable<string> Variables => this is Variable variable ? [variable.Name] : Operands.SelectMany(operand => operand.Variables);

    /// <summary>How many functions it applies.</summary>
    public int Functions => (this is Apply ? 1 : 0) + Operands.Sum(operand => operand.Functions);

    public static implicit operator Expr(float value) => new Constant(value);

    public static Expr operator +(Expr left, Expr right) => new Add(left, right);

    public static Expr operator -(Expr left, Expr right) => new Sub(left, right);

    public static Expr operator *(Expr left, Expr right) => new Mul(left, right);

    public static Expr operator /(Expr left, Expr right) => new Div(left, right);
}

/// <summary>A number.</summary>
internal sealed record Constant(float Value) : Expr;

/// <summary>A value with a name: a pre-activation, a state, a parameter, or the left side of an equation.</summary>
internal sealed record Variable(string Name) : Expr;

/// <summary>An operation on two values.</summary>
internal abstract record Binary(Expr Left, Expr Right) : Expr
{
    public override IEnumerable<Expr> Operands => [Left, Right];

    public override Expr Map(Func<Expr, Expr> change) => this with { Left = change(Left), Right = change(Right) };
}

/// <summary>left + right.</summary>
internal sealed record Add(Expr Left, Expr Right) : Binary(Left, Right);

/// <summary>left − right.</summary>
internal sealed record Sub(Expr Left, Expr Right) : Binary(Left, Right);

/// <summary>left · right.</summary>
internal sealed record Mul(Expr Left, Expr Right) : Binary(Left, Right);

/// <summary>left / right.</summary>
internal sealed record Div(Expr Left, Expr Right) : Binary(Left, Right);

/// <summary>
/// The larger of two values; NaN where either is. At a tie each has half of the derivative, so that this, <see cref="Min"/> and their derivatives add up to those of
/// left + right.
/// </summary>
internal sealed record Max(Expr Left, Expr Right) : Binary(Left, Right);

/// <summary>The smaller of two values, in all else as <see cref="Max"/>.</summary>
internal sealed record Min(Expr Left, Expr Right) : Binary(Left, Right);

/// <summary>function(argument).</summary>
internal sealed record Apply(Function Function, Expr Argument) : Expr
{
    public override IEnumerable<Expr> Operands => [Argument];

    public override Expr Map(Func<Expr, Expr> change) => this with { Argument = change(Argument) };
}

/// <summary>One value where a condition is positive, another elsewhere: whatever the other is, be it infinite, nothing of it is left.</summary>
internal sealed record Select(Expr Condition, Expr Positive, Expr Otherwise) : Expr
{
    public override IEnumerable<Expr> Operands => [Condition, Positive, Otherwise];

    public override Expr Map(Func<Expr, Expr> change) => new Select(change(Condition), change(Positive), change(Otherwise));
}

/// <summary>
/// A value, from which nothing flows back: for derivatives it is constant. Its value is computed by itself, as if it had a name, so that it has the same bits
/// wherever it stands.
/// </summary>
internal sealed record StopGradient(Expr Value) : Expr
{
    public override IEnumerable<Expr> Operands => [Value];

    public override Expr Map(Func<Expr, Expr> change) => new StopGradient(change(Value));
}

/// <summary>
/// What rounding takes from left + right: (left + right) − fl(left + right), exactly; 0 where the sum is not finite. Without rounding it would be 0, and so
/// would its derivative. It has a node of its own so that no algebra takes it for the 0 that it stands for.
/// </summary>
internal sealed record SumError(Expr Left, Expr Right) : Binary(Left, Right);

/// <summary>left · right + addend in one rounding; only <see cref="Lowering"/> makes it.</summary>
internal sealed record MultiplyAdd(Expr Left, Expr Right, Expr Addend) : Binary(Left, Right)
{
    public override IEnumerable<Expr> Operands => [Left, Right, Addend];

    public override Expr Map(Func<Expr, Expr> change) => new MultiplyAdd(change(Left), change(Right), change(Addend));
}

/// <summary>addend − left · right in one rounding; only <see cref="Lowering"/> makes it.</summary>
internal sealed record SubtractProduct(Expr Left, Expr Right, Expr Addend) : Binary(Left, Right)
{
    public override IEnumerable<Expr> Operands => [Left, Right, Addend];

    public override Expr Map(Func<Expr, Expr> change) => new SubtractProduct(change(Left), change(Right), change(Addend));
}

/// <summary>name = value. The order of a list of equations is the order in which they are computed.</summary>
internal sealed record Equation(string Name, Expr Value);
