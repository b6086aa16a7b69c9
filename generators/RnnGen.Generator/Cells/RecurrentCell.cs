using RnnGen.Generator.Cells.Vocabulary;
using RnnGen.Generator.Ir;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Cells;

/// <summary>
/// A recurrent cell that RnnGen ships. It states its equations in the vocabulary that users have (<c>CellAttribute</c>): gates with PyTorch's stacked parameters,
/// and what options say of all gates, are written once, in <see cref="CellRecorder"/>.
/// </summary>
/// <param name="kind">For display.</param>
/// <param name="spec">The layer's options; H is its <c>Units</c>.</param>
internal abstract class RecurrentCell(string kind, LayerSpec spec)
{
    private CellRecorder _recorder = null!;

    /// <summary>The rules of the options that all such layers have.</summary>
    public static IReadOnlyList<OptionRule> CommonRules { get; } =
    [
        OptionRule.IdleWhere(
            "Merge", layer => layer.Text("Direction", "Forward") != "Bidirectional", "in one direction", "set Direction = Direction.Bidirectional"),
        OptionRule.Bound("Clip"),
        OptionRule.Share("RecurrentDropout"),
    ];

    /// <summary>The layer's options.</summary>
    protected LayerSpec Spec { get; } = spec;

    /// <summary>H.</summary>
    protected int Units { get; } = spec.Number("Units");

    /// <summary>The share of its state that a layer zeroes in training.</summary>
    public static float Dropout(LayerSpec spec) => spec.Real("RecurrentDropout") ?? 0;

    /// <summary>The cell as data.</summary>
    /// <param name="inputSize">Features of its input.</param>
    /// <param name="taped">Whether for training, which may have noise.</param>
    public CellGraph ToGraph(int inputSize, bool taped = false) => CellRecording.ToGraph(kind, hints =>
    {
        var options = new CellOptions(Spec, Units, inputSize, TakesClasses: false, taped);
        _recorder = new CellRecorder(options, hints, (problem, instead) => new InvalidOperationException($"{kind}: {problem}; {instead}.")) { FirstBias = InitialBias };
        Define(_recorder.Input);
        _recorder.CheckWhole();
        return _recorder;
    });

    /// <summary>States the equations of one time step.</summary>
    protected abstract void Define(VectorValue x);

    /// <summary>What the sum of a gate's two biases is at first; null where they are drawn.</summary>
    protected virtual float? InitialBias(string gate) => null;

    /// <summary>Names a value; the name survives into the generated code.</summary>
    protected VectorValue Let(string name, VectorValue value) => _recorder.Named(name, _recorder.Completed(value));

    protected VectorValue State(string name, int? size = null) => _recorder.State(name, size ?? Units);

    protected VectorValue Next(VectorValue state, VectorValue value) => _recorder.Next(state, value);

    protected void GateOrder(params string[] gates) => _recorder.GateOrder(gates);

    protected VectorValue Gate(string name, VectorValue x, VectorValue h) => _recorder.Gate(name, x, h);

    protected VectorValue InputGate(string name, VectorValue x) => _recorder.Part(name, x, isOfState: false);

    protected VectorValue StateGate(string name, VectorValue h) => _recorder.Part(name, h, isOfState: true);

    protected VectorValue Product(string name, VectorValue vector, int units) => _recorder.Product(name, vector, units, trained: true);

    protected VectorValue Product(string name, VectorValue vector) => Product(name, vector, Units);

    protected VectorValue Mean(VectorValue value) => _recorder.Mean(value);

    /// <summary>A function of the vocabulary: <c>Exp</c>.</summary>
    protected VectorValue Of(string function, params IReadOnlyList<VectorValue> values) => _recorder.Function(function, values);

    protected VectorValue Tanh(VectorValue value) => Of("Tanh", value);

    /// <summary>One number where a value is positive, another elsewhere.</summary>
    protected VectorValue Select(VectorValue value, float positive, float otherwise) =>
        _recorder.Select(new ConditionValue(value), _recorder.Number(positive), _recorder.Number(otherwise));

    protected VectorValue Weight(string name, int rows) => _recorder.Weight(name, null, Units, rows, trained: true);

    /// <summary>An activation, as the layer's options say, of a value.</summary>
    /// <param name="option">The activation's option: <c>GateActivation</c>, whose α and β are <c>GateAlpha</c> and <c>GateBeta</c>.</param>
    /// <param name="byDefault">The activation where the option is not given.</param>
    /// <param name="value">What it is applied to.</param>
    protected VectorValue Activate(string option, string byDefault, VectorValue value)
    {
        string activation = Spec.Text(option, byDefault);
        var row = ActivationKind.Find(activation) ?? throw new ArgumentException($"{kind}: no activation '{activation}'");
        return _recorder.Activate(row, value, Spec.Real(ActivationKind.AlphaOf(option)), Spec.Real(ActivationKind.BetaOf(option)));
    }

    /// <summary>A value within ± a bound, where there is one.</summary>
    protected VectorValue Within(float? bound, VectorValue value) =>
        bound is { } limit ? _recorder.Unary(value, element => new Apply(Function.Clamp(-limit, limit), element)) : value;
}
