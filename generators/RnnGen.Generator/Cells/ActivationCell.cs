using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Cells;

/// <summary>y = φ(x).</summary>
internal sealed class ActivationCell(LayerSpec spec, int units) : Cell("activation", units)
{
    /// <summary>The rules of its options.</summary>
    public static IReadOnlyList<OptionRule> Rules { get; } = [.. OptionRule.OfActivation(ActivationKind.Option)];

    protected override void Declare()
    {
    }

    protected override void Equations() => Output(Let("y", Activate("y", spec, ActivationKind.Option, ActivationKind.Linear, Aligned("frame"))));
}
