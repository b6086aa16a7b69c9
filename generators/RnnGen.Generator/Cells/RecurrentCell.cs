using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Cells;

/// <summary>A cell with PyTorch's parameters: <c>weight_ih [G·H, in]</c>, <c>weight_hh [G·H, h]</c>, <c>bias_ih</c> and <c>bias_hh [G·H]</c>, rows grouped by gate.</summary>
/// <param name="kind">For people.</param>
/// <param name="units">H.</param>
/// <param name="gates">The gates in canonical order.</param>
/// <param name="states">The states in canonical order; the first is the hidden state that <c>weight_hh</c> multiplies.</param>
internal abstract class RecurrentCell(string kind, int units, IReadOnlyList<string> gates, IReadOnlyList<string> states) : Cell(kind, units)
{
    private const string InputWeights = "weight_ih";
    private const string HiddenWeights = "weight_hh";
    private const string InputBias = "bias_ih";
    private const string HiddenBias = "bias_hh";

    /// <summary>The size of the hidden state: H, unless it is projected.</summary>
    protected virtual int HiddenSize => Units;

    protected override void Declare()
    {
        foreach (string state in states)
            DeclareState(state, state == states[0] ? HiddenSize : Units);
        DeclareMatrix(InputWeights, gates, Units, CellGraphBuilder.InputColumns, Units);
        DeclareMatrix(HiddenWeights, gates, Units, HiddenSize, Units);
        DeclareVector(InputBias, gates, Units, Units);
        DeclareVector(HiddenBias, gates, Units, Units);
    }

    /// <summary>The gate's whole pre-activation: <c>W x + b_ih + U h + b_hh</c>.</summary>
    protected Expr Pre(string gate) => Sum(gate + "Pre", [.. InputTerms(gate), .. HiddenTerms(gate, StateVector(states[0]))]);

    /// <summary>The same with another vector than the hidden state, from an earlier stage: <c>W x + b_ih + U v + b_hh</c>.</summary>
    protected Expr PreOf(string gate, Expr vector) => Sum(gate + "Pre", [.. InputTerms(gate), .. HiddenTerms(gate, Vector(vector))]);

    /// <summary>The input's part alone: <c>W x + b_ih</c>.</summary>
    protected Expr InputPart(string gate) => Sum(gate + "Input", InputTerms(gate));

    /// <summary>The hidden state's part alone: <c>U h + b_hh</c>.</summary>
    protected Expr HiddenPart(string gate) => Sum(gate + "Hidden", HiddenTerms(gate, StateVector(states[0])));

    /// <summary>The place of a gate in the canonical order.</summary>
    protected int Gate(string gate) => gates.ToList().IndexOf(gate) is var index and >= 0 ? index : throw new ArgumentException($"no gate '{gate}'");

    private Term[] InputTerms(string gate) => [Product(InputWeights, Gate(gate), Input), Bias(InputBias, Gate(gate))];

    private Term[] HiddenTerms(string gate, VectorSource vector) => [Product(HiddenWeights, Gate(gate), vector), Bias(HiddenBias, Gate(gate))];
}
