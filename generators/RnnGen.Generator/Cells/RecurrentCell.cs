using RnnGen.Generator.Ir;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Cells;

/// <summary>
/// A cell with PyTorch's parameters: <c>weight_ih [G·H, in]</c>, <c>weight_hh [G·H, h]</c>, and, unless <c>Bias = false</c>, <c>bias_ih</c> and
/// <c>bias_hh [G·H]</c>, rows grouped by gate.
/// </summary>
/// <param name="kind">For people.</param>
/// <param name="spec">The layer's options; H is its <c>Units</c>.</param>
/// <param name="gates">The gates in canonical order.</param>
/// <param name="states">The states in canonical order; the first is the hidden state that <c>weight_hh</c> multiplies.</param>
internal abstract class RecurrentCell(string kind, LayerSpec spec, IReadOnlyList<string> gates, IReadOnlyList<string> states) : Cell(kind, spec.Number("Units"))
{
    public const string InputWeights = "weight_ih";
    public const string HiddenWeights = "weight_hh";
    public const string InputBias = "bias_ih";
    public const string HiddenBias = "bias_hh";

    private const string Dropped = "hDropped";
    public const string Gains = "layer_norm";
    public const float Epsilon = 1e-5f;

    /// <summary>The rules of the options that all such layers have.</summary>
    public static IReadOnlyList<OptionRule> CommonRules { get; } =
    [
        OptionRule.IdleWhere(
            "Merge", layer => layer.Text("Direction", "Forward") != "Bidirectional", "in one direction", "write Direction = Direction.Bidirectional"),
        OptionRule.Bound("Clip"),
        OptionRule.Share("RecurrentDropout"),
    ];

    private readonly bool _biased = spec.Flag("Bias", byDefault: true);
    private readonly bool _normalized = spec.Flag("LayerNorm");
    private Expr _noise = new Constant(1);

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
        if (_biased)
        {
            DeclareVector(InputBias, gates, Units, Units, InitialBias);
            DeclareVector(HiddenBias, gates, Units, Units, gate => InitialBias(gate) is null ? null : 0);
        }

        foreach (string state in states.Where(_ => Spec.Flag("LearnedState")))
            DeclareVector(CellState.LearnedOf(state), 1, state == states[0] ? HiddenSize : Units, fanIn: 0);
        if (_normalized)
            DeclareVector(Gains, gates, Units, Units, _ => 1);
    }

    /// <summary>In training with recurrent dropout, products see a hidden state of which a part is hidden, the same part at each step of a sequence.</summary>
    protected override void Prelude()
    {
        if (!HidesState)
            return;
        NextStage(HiddenSize);
        Let(Dropped, State(states[0]) * (_noise = Aligned(DropoutCell.Noise)));
        NextStage(Units);
    }

    /// <summary>The share of its state that a layer hides in training.</summary>
    public static float Dropout(LayerSpec spec) => spec.Real("RecurrentDropout") ?? 0;

    private bool HidesState => Taped && Dropout(Spec) > 0;

    private VectorSource HiddenVector => HidesState ? Vector(new Variable(Dropped)) : StateVector(states[0]);

    /// <summary>What the sum of a gate's two biases is at first; null where they are drawn.</summary>
    protected virtual float? InitialBias(string gate) => null;

    /// <summary>A gate's whole pre-activation: <c>W x + b_ih + U h + b_hh</c>, within the option <c>Clip</c>.</summary>
    protected PreActivation Pre(string gate) => Pre([gate])(gate);

    /// <summary>The whole pre-activations of several gates, each to be asked for once, in the order of the equations.</summary>
    protected Func<string, PreActivation> Pre(IReadOnlyList<string> some) =>
        Whole(some.Select(gate => (gate, Sum(gate + "Pre", [.. InputTerms(gate), .. HiddenTerms(gate, HiddenVector)]))).ToList());

    /// <summary>
    /// The same with another vector than the hidden state, of this stage: <c>W x + b_ih + U v + b_hh</c>. In training with recurrent dropout, the product sees it
    /// as it sees the hidden state.
    /// </summary>
    protected PreActivation PreOf(string gate, Expr vector)
    {
        var seen = HidesState ? Let(((Variable)vector).Name + "Dropped", vector * _noise) : vector;
        NextStage(Units);
        return Whole([(gate, Sum(gate + "Pre", [.. InputTerms(gate), .. HiddenTerms(gate, Vector(seen))]))])(gate);
    }

    /// <summary>The same from its parts.</summary>
    protected PreActivation Pre(string gate, PreActivationPart parts) => Whole([(gate, parts.Sum)])(gate);

    /// <summary>The input's part alone: <c>W x + b_ih</c>, or <c>W x</c> for a sum that is to be normalised.</summary>
    protected PreActivationPart InputPart(string gate) => new(Sum(gate + "Input", InputTerms(gate)));

    /// <summary>The hidden state's part alone: <c>U h + b_hh</c>, or <c>U h</c>.</summary>
    protected PreActivationPart HiddenPart(string gate) => new(Sum(gate + "Hidden", HiddenTerms(gate, HiddenVector)));

    private Func<string, PreActivation> Whole(IReadOnlyList<(string Gate, Expr Sum)> sums)
    {
        var normalized = Normalized(sums);
        return gate => new PreActivation(
            normalized(gate), whole => Spec.Real("Clip") is null ? whole : Let(gate + "Clipped", Within(Spec.Real("Clip"), whole)));
    }

    /// <summary>
    /// With layer normalisation (Ba, Kiros and Hinton, https://arxiv.org/abs/1607.06450), <c>γ ⊙ (a − mean) / √(variance + 1e-5) + b_ih + b_hh</c>, the sums a
    /// being without biases; else the sums themselves. The variance takes a stage of its own: mean(a²) − mean(a)² would lose its digits where the mean is
    /// large.
    /// </summary>
    private Func<string, Expr> Normalized(IReadOnlyList<(string Gate, Expr Sum)> sums)
    {
        if (!_normalized)
            return gate => sums.First(sum => sum.Gate == gate).Sum;
        var named = sums.Select(sum => (sum.Gate, Value: Let(sum.Gate + "Sum", sum.Sum))).ToList();
        NextStage(Units);
        var centred = named.ToDictionary(sum => sum.Gate, sum => Centred(sum.Gate, sum.Value));
        NextStage(Units);
        return gate => Biased(
            gate, Diagonal(Gains, Index(gate), gate + "Gain") * (centred[gate].Value * InverseDeviation(gate, centred[gate].Square)));
    }

    private (Expr Value, Expr Square) Centred(string gate, Expr sum)
    {
        var value = Let(gate + "Centred", sum - Mean(gate + "Mean", sum));
        return (value, Let(gate + "Square", value * value));
    }

    private Expr InverseDeviation(string gate, Expr square) => Let(gate + "Scale", new Apply(Function.InverseSqrt, Mean(gate + "Variance", square) + Epsilon));

    private Expr Biased(string gate, Expr value) => _biased
        ? value + Diagonal(InputBias, Index(gate), gate + "InputBias") + Diagonal(HiddenBias, Index(gate), gate + "HiddenBias")
        : value;

    /// <summary>A gate: its activation, by the layer's options, of its pre-activation.</summary>
    protected Expr Gate(string name, string option, string byDefault, PreActivation value) => Activate(name, Spec, option, byDefault, value);

    /// <summary>A value within ± a bound, where there is one.</summary>
    protected static Expr Within(float? bound, Expr value) => bound is { } limit ? new Apply(Function.Clamp(-limit, limit), value) : value;

    private int Index(string gate) => gates.ToList().IndexOf(gate) is var index and >= 0 ? index : throw new ArgumentException($"no gate '{gate}'");

    private Term[] InputTerms(string gate) => Terms(Product(InputWeights, Index(gate), Input), Bias(InputBias, Index(gate)));

    private Term[] HiddenTerms(string gate, VectorSource vector) => Terms(Product(HiddenWeights, Index(gate), vector), Bias(HiddenBias, Index(gate)));

    private Term[] Terms(Term product, Term bias) => _biased && !_normalized ? [product, bias] : [product];
}
