using RnnGen.Generator.Cells.Vocabulary;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Cells;

/// <summary>h' = φ(W x + b_ih + U h + b_hh).</summary>
internal sealed class RnnCell(LayerSpec spec) : RecurrentCell("rnn", spec)
{
    /// <summary>The rules of its options.</summary>
    public static IReadOnlyList<OptionRule> Rules { get; } = [.. CommonRules, .. OptionRule.OfActivation(ActivationKind.Option)];

    protected override void Define(VectorValue x)
    {
        var h = State("h");
        Next(h, Activate(ActivationKind.Option, "Tanh", Gate("h", x, h)));
    }
}
