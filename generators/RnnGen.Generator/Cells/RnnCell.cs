using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Cells;

/// <summary>h' = φ(W x + b_ih + U h + b_hh).</summary>
internal sealed class RnnCell(LayerSpec spec) : RecurrentCell("rnn", spec, ["h"], ["h"])
{
    /// <summary>The rules of its options.</summary>
    public static IReadOnlyList<OptionRule> Rules { get; } = [.. CommonRules, .. OptionRule.OfActivation(ActivationKind.Option)];

    protected override void Equations() => Next("h", Gate("h", ActivationKind.Option, "Tanh", Pre("h")));
}
