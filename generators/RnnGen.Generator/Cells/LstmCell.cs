using RnnGen.Generator.Cells.Vocabulary;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Cells;

/// <summary>
/// c' = f ⊙ c + i ⊙ g, h' = o ⊙ tanh(c'). With peepholes i and f see c, and o sees c' (Graves, https://arxiv.org/abs/1308.0850, equations 7 to 11); coupled
/// gates have f = 1 − i; a projection makes h' = W_hr (o ⊙ tanh(c')) (Sak et al., https://arxiv.org/abs/1402.1128).
/// </summary>
internal sealed class LstmCell(LayerSpec spec) : RecurrentCell("lstm", spec)
{
    private readonly bool _peephole = spec.Flag("Peephole");
    private readonly bool _coupled = spec.Flag("CoupledGates");
    private readonly int _projection = spec.Number("Projection");

    /// <summary>The rules of its options.</summary>
    public static IReadOnlyList<OptionRule> Rules { get; } =
    [
        .. CommonRules,
        .. OptionRule.OfActivation("GateActivation"),
        .. OptionRule.OfActivation("CandidateActivation"),
        .. OptionRule.OfActivation("CellActivation"),
        OptionRule.Bound("CellClip"),
        OptionRule.Finite("ForgetBias"),
        OptionRule.IdleWhere("ForgetBias", layer => !layer.Flag("Bias", byDefault: true), "without biases", "remove Bias = false"),
        OptionRule.IdleWhere(
            "ForgetBias", layer => layer.Flag("Bias", byDefault: true) && layer.Flag("CoupledGates"),
            "with coupled gates, whose forget gate is 1 − i", "remove CoupledGates"),
    ];

    protected override float? InitialBias(string gate) => gate == "f" ? Spec.Real("ForgetBias") : null;

    protected override void Define(VectorValue x)
    {
        var h = State("h", _projection > 0 ? _projection : Units);
        var c = State("c");
        GateOrder("i", "f", "g", "o");
        var peephole = _peephole ? Weight("peephole", rows: 3) : null;
        var i = Let("i", Gated("i", x, h, Peep(peephole, 0, c)));
        var f = _coupled ? 1 - i : Let("f", Gated("f", x, h, Peep(peephole, 1, c)));
        var g = Let("g", Activate("CandidateActivation", "Tanh", Gate("g", x, h)));
        var early = _peephole ? null : Let("o", Gated("o", x, h, null));
        var next = Next(c, Within(Spec.Real("CellClip"), (f * c) + (i * g)));
        var o = early ?? Let("o", Gated("o", x, h, Peep(peephole, 2, next)));
        var m = o * Activate("CellActivation", "Tanh", next);
        Next(h, _projection > 0 ? Product("weight_hr", Let("m", m), _projection) : m);
    }

    private VectorValue Gated(string gate, VectorValue x, VectorValue h, VectorValue? peep)
    {
        var pre = Gate(gate, x, h);
        return Activate("GateActivation", "Sigmoid", peep is null ? pre : pre + peep);
    }

    private static VectorValue? Peep(VectorValue? peephole, int gate, VectorValue cell) => peephole is null ? null : peephole[gate] * cell;
}
