using static RnnGen.Equations;

namespace RnnGen.Tests.Cells.Vocabulary;

/// <summary><see cref="RnnGen.LstmAttribute"/> in the vocabulary of users.</summary>
public sealed class LstmAttribute(int units) : CellAttribute(units)
{
    public bool Peephole { get; init; }

    public bool CoupledGates { get; init; }

    public int Projection { get; init; }

    public float CellClip { get; init; }

    public float ForgetBias { get; init; } = float.NaN;

    public Activation GateActivation { get; init; } = Activation.Sigmoid;

    public Activation CandidateActivation { get; init; } = Activation.Tanh;

    public Activation CellActivation { get; init; } = Activation.Tanh;

    public float GateAlpha { get; init; } = float.NaN;

    public float GateBeta { get; init; } = float.NaN;

    public float CandidateAlpha { get; init; } = float.NaN;

    public float CandidateBeta { get; init; } = float.NaN;

    public float CellAlpha { get; init; } = float.NaN;

    public float CellBeta { get; init; } = float.NaN;

    protected override void Define(Vector x)
    {
        GateOrder("i", "f", "g", "o");
        Vector h = State("h", Projection > 0 ? Projection : Units);
        Vector c = State("c");
        Vector i = GateActivated("i", x, h, c);
        Vector f = i;
        if (!CoupledGates)
            f = GateActivated("f", x, h, c);
        Vector g = Activate(CandidateActivation, Gate("g", x, h), CandidateAlpha, CandidateBeta);
        Vector o = i;
        if (!Peephole)
            o = GateActivated("o", x, h, c);
        Vector next = Next(c, Clipped((CoupledGates ? 1 - i : f) * c + i * g));
        if (Peephole)
            o = GateActivated("o", x, h, next);
        if (Projection > 0)
        {
            Vector m = Shown(o, next);
            Next(h, Product("weight_hr", m, Projection));
        }
        else
        {
            Next(h, Shown(o, next));
        }
    }

    protected override void Initialize(string parameter, Span<float> values)
    {
        if (!float.IsNaN(ForgetBias) && parameter is "bias_ih" or "bias_hh")
            values.Slice(Units, Units).Fill(parameter == "bias_ih" ? ForgetBias : 0);
    }

    private Vector GateActivated(string gate, Vector x, Vector h, Vector cell) => Activate(GateActivation, WithPeephole(gate, x, h, cell), GateAlpha, GateBeta);

    private Vector WithPeephole(string gate, Vector x, Vector h, Vector cell) => Peephole
        ? Gate(gate, x, h) + Weight("peephole", rows: 3)[gate switch { "i" => 0, "f" => 1, _ => 2 }] * cell
        : Gate(gate, x, h);

    private Vector Clipped(Vector value) => CellClip > 0 ? Clamp(value, -CellClip, CellClip) : value;

    private Vector Shown(Vector o, Vector cell) => o * Activate(CellActivation, cell, CellAlpha, CellBeta);
}
