using RnnGen.Generator.Ir;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Cells;

/// <summary>
/// h' = (1 − z) ⊙ n + z ⊙ h. The reset gate stands after the product, n = tanh(W x + b_in + r ⊙ (U h + b_hn)), or before it, n = tanh(W x + b_in + U (r ⊙ h) +
/// b_hn), as in the original paper (https://arxiv.org/abs/1406.1078).
/// </summary>
internal sealed class GruCell(LayerSpec spec) : RecurrentCell("gru", spec, ["r", "z", "n"], ["h"])
{
    /// <summary>The rules of its options.</summary>
    public static IReadOnlyList<OptionRule> Rules { get; } =
        [.. CommonRules, .. OptionRule.OfActivation("GateActivation"), .. OptionRule.OfActivation("CandidateActivation")];

    protected override void Equations()
    {
        var pre = Pre(["r", "z"]);
        var r = Let("r", Gate("r", "GateActivation", "Sigmoid", pre("r")));
        var z = Let("z", Gate("z", "GateActivation", "Sigmoid", pre("z")));
        var n = Let("n", Gate("n", "CandidateActivation", "Tanh", Spec.Text("Reset", "AfterProduct") == "BeforeProduct" ? Before(r) : After(r)));
        Next("h", ((1 - z) * n) + (z * State("h")));
    }

    private PreActivation After(Expr r) => Pre("n", InputPart("n") + (r * HiddenPart("n")));

    private PreActivation Before(Expr r) => PreOf("n", Let("rh", r * State("h")));
}
