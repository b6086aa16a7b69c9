using RnnGen.Generator.Ir;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Cells;

/// <summary>
/// c' = f ⊙ c + i ⊙ g, h' = o ⊙ tanh(c'). With peepholes i and f see c, and o sees c' (Graves, https://arxiv.org/abs/1308.0850, equations 7 to 11); coupled
/// gates have f = 1 − i; a projection makes h' = W_hr (o ⊙ tanh(c')) (Sak et al., https://arxiv.org/abs/1402.1128).
/// </summary>
internal sealed class LstmCell(LayerSpec spec) : RecurrentCell("lstm", spec, ["i", "f", "g", "o"], ["h", "c"])
{
    private const string Peephole = "peephole";
    private const string ProjectionWeights = "weight_hr";

    private static readonly string[] PeepholeGates = ["i", "f", "o"];

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
        OptionRule.IdleWhere("ForgetBias", layer => !layer.Flag("Bias", byDefault: true), "without biases", "leave out Bias = false"),
        OptionRule.IdleWhere(
            "ForgetBias", layer => layer.Flag("Bias", byDefault: true) && layer.Flag("CoupledGates"),
            "on coupled gates, whose forget gate is 1 − i", "leave out CoupledGates"),
    ];

    protected override int HiddenSize => _projection > 0 ? _projection : Units;

    protected override void Declare()
    {
        base.Declare();
        if (_peephole)
            DeclareVector(Peephole, PeepholeGates.Length, Units, Units);
        if (_projection > 0)
            DeclareMatrix(ProjectionWeights, 1, _projection, Units, Units);
    }

    protected override float? InitialBias(string gate) => gate == "f" ? Spec.Real("ForgetBias") : null;

    protected override void Equations()
    {
        var pre = Pre(_coupled ? ["i", "g", "o"] : ["i", "f", "g", "o"]);
        var i = Let("i", Sigmoidal("i", Seeing("i", State("c"), pre)));
        var f = _coupled ? 1 - i : Let("f", Sigmoidal("f", Seeing("f", State("c"), pre)));
        var g = Let("g", Gate("g", "CandidateActivation", "Tanh", pre("g")));
        var early = _peephole ? null : Let("o", Sigmoidal("o", pre("o")));
        var c = Next("c", Within(Spec.Real("CellClip"), (f * State("c")) + (i * g)));
        var o = early ?? Let("o", Sigmoidal("o", Seeing("o", c, pre)));
        var m = o * Activate("cellOut", Spec, "CellActivation", "Tanh", c);
        if (_projection > 0)
            m = Projected(Let("m", m));
        Next("h", m);
    }

    private Expr Sigmoidal(string gate, PreActivation value) => Gate(gate, "GateActivation", "Sigmoid", value);

    private PreActivation Seeing(string gate, Expr cell, Func<string, PreActivation> pre) =>
        _peephole ? pre(gate) + (Seen(Array.IndexOf(PeepholeGates, gate)) * cell) : pre(gate);

    private Expr Seen(int gate) => Diagonal(Peephole, gate, Peephole + Names.Number(gate));

    private Expr Projected(Expr hidden)
    {
        NextStage(_projection);
        return Sum(ProjectionWeights + "Product", Product(ProjectionWeights, 0, Vector(hidden)));
    }
}
