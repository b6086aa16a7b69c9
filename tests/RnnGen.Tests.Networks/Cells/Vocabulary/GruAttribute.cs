using static RnnGen.Equations;

namespace RnnGen.Tests.Cells.Vocabulary;

/// <summary><see cref="RnnGen.GruAttribute"/> in the vocabulary of users.</summary>
public sealed class GruAttribute(int units) : CellAttribute(units)
{
    public ResetGate Reset { get; init; }

    public Activation GateActivation { get; init; } = Activation.Sigmoid;

    public Activation CandidateActivation { get; init; } = Activation.Tanh;

    public float GateAlpha { get; init; } = float.NaN;

    public float GateBeta { get; init; } = float.NaN;

    public float CandidateAlpha { get; init; } = float.NaN;

    public float CandidateBeta { get; init; } = float.NaN;

    protected override void Define(Vector x)
    {
        Vector h = State("h");
        Vector r = GateActivated(Gate("r", x, h));
        Vector z = GateActivated(Gate("z", x, h));
        Vector n = Candidate(Reset == ResetGate.BeforeProduct ? Before(x, h, r) : InputGate("n", x) + r * StateGate("n", h));
        Next(h, (1 - z) * n + z * h);
    }

    private Vector Before(Vector x, Vector h, Vector r)
    {
        Vector rh = r * h;
        return Gate("n", x, rh);
    }

    private Vector GateActivated(Vector pre) => Activate(GateActivation, pre, GateAlpha, GateBeta);

    private Vector Candidate(Vector pre) => Activate(CandidateActivation, pre, CandidateAlpha, CandidateBeta);
}
