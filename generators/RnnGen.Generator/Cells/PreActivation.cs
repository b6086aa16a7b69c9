using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Cells;

/// <summary>
/// A gate's pre-activation, to which terms may be added (peepholes) until it is used as an expression. Then it is within the option <c>Clip</c>, which no cell
/// can therefore leave out at one gate and obey at another.
/// </summary>
internal sealed class PreActivation
{
    private readonly Expr _sum;
    private readonly Func<Expr, Expr> _bound;
    private Expr? _bounded;

    /// <param name="sum">The sum so far.</param>
    /// <param name="bound">Bounds it, and gives it a name.</param>
    public PreActivation(Expr sum, Func<Expr, Expr> bound) => (_sum, _bound) = (sum, bound);

    public static implicit operator Expr(PreActivation pre) => pre._bounded ??= pre._bound(pre._sum);

    public static PreActivation operator +(PreActivation pre, Expr term) => new(pre._sum + term, pre._bound);

    public static PreActivation operator +(Expr term, PreActivation pre) => new(term + pre._sum, pre._bound);
}

/// <summary>
/// A part of a gate's pre-activation, which a cell may scale and add to others; only <see cref="RecurrentCell.Pre(string, PreActivationPart)"/> makes an
/// expression of it.
/// </summary>
internal sealed class PreActivationPart(Expr sum)
{
    /// <summary>For <see cref="RecurrentCell"/>.</summary>
    public Expr Sum => sum;

    public static PreActivationPart operator +(PreActivationPart left, PreActivationPart right) => new(left.Sum + right.Sum);

    public static PreActivationPart operator *(Expr factor, PreActivationPart part) => new(factor * part.Sum);
}
