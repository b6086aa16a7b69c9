using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Cells;

/// <summary>y = x ⊙ m, the noise m being 0 or 1 / (1 − rate). Training only.</summary>
internal sealed class DropoutCell(int units) : Cell("dropout", units)
{
    /// <summary>The aligned vectors.</summary>
    public const string Signal = "signal";

    /// <inheritdoc cref="Signal"/>
    public const string Noise = "noise";

    /// <summary>The rules of its options.</summary>
    public static IReadOnlyList<OptionRule> Rules { get; } = [OptionRule.Share("Rate")];

    /// <summary>The share of values that a layer zeroes.</summary>
    public static float Rate(LayerSpec spec) => spec.Real("Rate") ?? 0;

    protected override void Declare()
    {
    }

    protected override void Equations() => Output(Let("y", Aligned(Signal) * Aligned(Noise)));
}
