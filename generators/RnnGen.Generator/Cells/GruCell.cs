using RnnGen.Generator.Cells.Vocabulary;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Cells;

/// <summary>
/// h' = (1 − z) ⊙ n + z ⊙ h. The reset gate stands after the product, n = tanh(W x + b_in + r ⊙ (U h + b_hn)), or before it, n = tanh(W x + b_in + U (r ⊙ h) +
/// b_hn), as in the original paper (https://arxiv.org/abs/1406.1078).
/// </summary>
internal sealed class GruCell(LayerSpec spec) : RecurrentCell("gru", spec)
{
    /// <summary>The rules of its options.</summary>
    public static IReadOnlyList<OptionRule> Rules { get; } =
        [.. CommonRules, .. OptionRule.OfActivation("GateActivation"), .. OptionRule.OfActivation("CandidateActivation")];

    protected override void Define(VectorValue x)
    {
        var h = State("h");
        var r = Let("r", Activate("GateActivation", "Sigmoid", Gate("r", x, h)));
        var z = Let("z", Activate("GateActivation", "Sigmoid", Gate("z", x, h)));
        var n = Let("n", Activate("CandidateActivation", "Tanh", Candidate(x, h, r)));
        Next(h, ((1 - z) * n) + (z * h));
    }

    private VectorValue Candidate(VectorValue x, VectorValue h, VectorValue r) => Spec.Text("Reset", "AfterProduct") == "BeforeProduct"
        ? Gate("n", x, Let("rh", r * h))
        : InputGate("n", x) + (r * StateGate("n", h));
}
