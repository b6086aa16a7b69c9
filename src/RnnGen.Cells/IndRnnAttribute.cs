namespace RnnGen.Cells;

/// <summary>
/// The independently recurrent network (Li et al. 2018, https://arxiv.org/abs/1803.04831): a unit sees its own state only, so all products of a sequence are one.
/// <c>h' = φ(W x + b + u ⊙ h)</c>.
/// </summary>
/// <param name="units">Hidden units.</param>
public sealed class IndRnnAttribute(int units) : CellAttribute(units)
{
    /// <summary>φ; ReLU by default.</summary>
    public Activation Activation { get; set; } = Activation.Relu;

    /// <summary>
    /// The longest sequence, in steps: u begins evenly between 0 and <c>2^(1/steps)</c>, so that no state more than doubles over it. 0 (the default): between 0
    /// and 1.
    /// </summary>
    public int MaxSteps { get; set; }

    /// <inheritdoc/>
    protected override void Define(Vector x)
    {
        Vector h = State("h");
        Next(h, Equations.Activate(Activation, Gate("h", x) + Weight("recurrent") * h));
    }

    /// <inheritdoc/>
    protected override void Initialize(string parameter, Span<float> values)
    {
        if (parameter != "recurrent")
            return;
        float most = MaxSteps > 0 ? MathF.Pow(2, 1f / MaxSteps) : 1;
        foreach (ref float value in values)
            value = most * FirstValues.Share(value, Units);
    }
}
