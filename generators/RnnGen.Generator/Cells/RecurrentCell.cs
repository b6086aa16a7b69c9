using RnnGen.Generator.Ir;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Cells;

/// <summary>
/// A cell with PyTorch's parameters: <c>weight_ih [G·H, in]</c>, <c>weight_hh [G·H, h]</c>, and, unless <c>Bias = false</c>, <c>bias_ih</c> and <c>bias_hh [G·H]</c>,
/// rows grouped by gate.
/// </summary>
/// <param name="kind">For people.</param>
/// <param name="spec">The layer's options; H is its <c>Units</c>.</param>
/// <param name="gates">The gates in canonical order.</param>
/// <param name="states">The states in canonical order; the first is the hidden state that <c>weight_hh</c> multiplies.</param>
internal abstract class RecurrentCell(string kind, LayerSpec spec, IReadOnlyList<string> gates, IReadOnlyList<string> states) : Cell(kind, spec.Number("Units"))
{
    private const string InputWeights = "weight_ih";
    private const string HiddenWeights = "weight_hh";
    private const string InputBias = "bias_ih";
    private const string HiddenBias = "bias_hh";

    private readonly bool _biased = spec.Flag("Bias", byDefault: true);

    /// <summary>The layer's options.</summary>
    protected LayerSpec Spec { get; } = spec;

    /// <summary>The size of the hidden state: H, unless it is projected.</summary>
    protected virtual int HiddenSize => Units;

    protected override void Declare()
    {
        foreach (string state in states)
            DeclareState(state, state == states[0] ? HiddenSize : Units);
        DeclareMatrix(InputWeights, gates, Units, CellGraphBuilder.InputColumns, Units);
        DeclareMatrix(HiddenWeights, gates, Units, HiddenSize, Units);
        if (!_biased)
            return;
        DeclareVector(InputBias, gates, Units, Units, InitialBias);
        DeclareVector(HiddenBias, gates, Units, Units, gate => InitialBias(gate) is null ? null : 0);
    }

    /// <summary>What the sum of a gate's two biases is at first; null where they are drawn.</summary>
    protected virtual float? InitialBias(string gate) => null;

    /// <summary>A gate's whole pre-activation: <c>W x + b_ih + U h + b_hh</c>.</summary>
    protected Expr Pre(string gate) => Pre([gate])[gate];

    /// <summary>The whole pre-activations of several gates.</summary>
    protected IReadOnlyDictionary<string, Expr> Pre(IReadOnlyList<string> some) =>
        some.ToDictionary(gate => gate, gate => Sum(gate + "Pre", [.. InputTerms(gate), .. HiddenTerms(gate, StateVector(states[0]))]));

    /// <summary>The same with another vector than the hidden state, from an earlier stage: <c>W x + b_ih + U v + b_hh</c>.</summary>
    protected Expr PreOf(string gate, Expr vector) => Sum(gate + "Pre", [.. InputTerms(gate), .. HiddenTerms(gate, Vector(vector))]);

    /// <summary>The input's part alone: <c>W x + b_ih</c>.</summary>
    protected Expr InputPart(string gate) => Sum(gate + "Input", InputTerms(gate));

    /// <summary>The hidden state's part alone: <c>U h + b_hh</c>.</summary>
    protected Expr HiddenPart(string gate) => Sum(gate + "Hidden", HiddenTerms(gate, StateVector(states[0])));

    /// <summary>A gate: its activation, by the layer's options, of its pre-activation, which the option <c>Clip</c> bounds.</summary>
    protected Expr Gate(string name, string option, string byDefault, Expr value) =>
        Activate(name, Spec, option, byDefault, Spec.Real("Clip") is null ? value : Let(name + "Clipped", Within(Spec.Real("Clip"), value)));

    /// <summary>A value within ± a bound, where there is one.</summary>
    protected static Expr Within(float? bound, Expr value) => bound is { } limit ? new Apply(Function.Clamp(-limit, limit), value) : value;

    private int Index(string gate) => gates.ToList().IndexOf(gate) is var index and >= 0 ? index : throw new ArgumentException($"no gate '{gate}'");

    private Term[] InputTerms(string gate) => Terms(Product(InputWeights, Index(gate), Input), Bias(InputBias, Index(gate)));

    private Term[] HiddenTerms(string gate, VectorSource vector) => Terms(Product(HiddenWeights, Index(gate), vector), Bias(HiddenBias, Index(gate)));

    private Term[] Terms(Term product, Term bias) => _biased ? [product, bias] : [product];
}
