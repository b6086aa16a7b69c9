namespace RnnGen.Tests.Numerics;

/// <summary><c>h' = φ(W x + b_ih + U h + b_hh)</c>.</summary>
internal sealed class ReferenceRnn(string name, RnnAttribute rnn, int inputSize, bool resets)
    : ReferenceRecurrent(name, rnn, (inputSize, rnn.Units, [rnn.Units]), 1, resets)
{
    protected override Variable[] Next(ReferenceStep step, Variable[] states) =>
    [
        Sum(step, 0, step.Products(0, states[0]), step.Vector("bias_ih", 0), step.Vector("bias_hh", 0))
            .Activate(rnn.Activation, rnn.ActivationAlpha, rnn.ActivationBeta),
    ];
}

/// <summary>
/// <c>i, f, o = σ(…)</c>, <c>g = tanh(…)</c>, <c>c' = f c + i g</c>, <c>h' = o tanh c'</c>; gates i f g o. Peepholes i f o: i and f see c, o sees c'.
/// Projected: <c>h' = W_hr (o tanh c')</c>.
/// </summary>
internal sealed class ReferenceLstm(string name, LstmAttribute lstm, int inputSize, bool resets)
    : ReferenceRecurrent(name, lstm, (inputSize, lstm.Units, [lstm.Projection > 0 ? lstm.Projection : lstm.Units, lstm.Units]), 4, resets)
{
    protected override void DeclareOwn(string suffix)
    {
        if (lstm.Peephole)
            Declare("peephole" + suffix, 3 * lstm.Units);
        if (lstm.Projection > 0)
            Declare("weight_hr" + suffix, lstm.Projection, lstm.Units);
    }

    protected override Variable[] Next(ReferenceStep step, Variable[] states)
    {
        (Variable h, Variable c) = (states[0], states[1]);
        Variable i = Gate(step, 0, h, Peephole(step, 0, c));
        Variable f = lstm.CoupledGates ? i.Map(value => 1 - value, _ => -1) : Gate(step, 1, h, Peephole(step, 1, c));
        Variable g = PreActivation(step, 2, h, null).Activate(lstm.CandidateActivation, lstm.CandidateAlpha, lstm.CandidateBeta);
        Variable cell = f * c + i * g;
        if (lstm.CellClip > 0)
            cell = cell.Clip(lstm.CellClip);
        Variable o = Gate(step, 3, h, Peephole(step, 2, cell));
        Variable output = o * cell.Activate(lstm.CellActivation, lstm.CellAlpha, lstm.CellBeta);
        return [lstm.Projection > 0 ? step.Find("weight_hr")!.Product(output) : output, cell];
    }

    private Variable Gate(ReferenceStep step, int gate, Variable h, Variable? peephole) =>
        PreActivation(step, gate, h, peephole).Activate(lstm.GateActivation, lstm.GateAlpha, lstm.GateBeta);

    private Variable PreActivation(ReferenceStep step, int gate, Variable h, Variable? peephole) =>
        Sum(step, gate, step.Products(gate, h), step.Vector("bias_ih", gate), step.Vector("bias_hh", gate), peephole);

    private Variable? Peephole(ReferenceStep step, int gate, Variable cell) => lstm.Peephole ? step.Vector("peephole", gate)! * cell : null;
}

/// <summary>
/// <c>r, z = σ(…)</c>, <c>h' = (1 − z) n + z h</c>; gates r z n. The reset gate after the product, <c>n = tanh(W x + b_in + r (U h + b_hn))</c>, or before it,
/// <c>n = tanh(W x + b_in + U (r h) + b_hn)</c>.
/// </summary>
internal sealed class ReferenceGru(string name, GruAttribute gru, int inputSize, bool resets)
    : ReferenceRecurrent(name, gru, (inputSize, gru.Units, [gru.Units]), 3, resets)
{
    protected override Variable[] Next(ReferenceStep step, Variable[] states)
    {
        Variable h = states[0];
        Variable r = Gate(step, 0, h);
        Variable z = Gate(step, 1, h);
        Variable n = Candidate(step, r, h).Activate(gru.CandidateActivation, gru.CandidateAlpha, gru.CandidateBeta);
        return [z.Map(value => 1 - value, _ => -1) * n + z * h];
    }

    private Variable Gate(ReferenceStep step, int gate, Variable h) =>
        Sum(step, gate, step.Products(gate, h), step.Vector("bias_ih", gate), step.Vector("bias_hh", gate))
            .Activate(gru.GateActivation, gru.GateAlpha, gru.GateBeta);

    private Variable Candidate(ReferenceStep step, Variable r, Variable h)
    {
        Variable? ofInput = step.Vector("bias_ih", 2);
        Variable? ofHidden = step.Vector("bias_hh", 2);
        if (gru.Reset == ResetGate.BeforeProduct)
            return Sum(step, 2, step.Product("weight_ih", 2) + step.Product("weight_hh", 2, r * h), ofInput, ofHidden);

        // The bias b_hn is behind the reset gate, unless the sum is normalized: then both biases come after.
        Variable product = step.Product("weight_ih", 2) + r * step.Product("weight_hh", 2, h);
        return Sum(step, 2, product, ofInput, ofHidden is null || gru.LayerNorm ? ofHidden : r * ofHidden);
    }
}

/// <summary>
/// A user's cell, the minimal gated unit: <c>f = σ(…)</c>, <c>n = tanh(W x + U (f h) + biases)</c>, <c>h' = (1 − f) h + f n</c>; gates f n. Tests know it by its
/// name: its class is theirs.
/// </summary>
internal sealed class ReferenceMgu(string name, CellAttribute mgu, int inputSize, bool resets)
    : ReferenceRecurrent(name, mgu, (inputSize, mgu.Units, [mgu.Units]), 2, resets)
{
    protected override Variable[] Next(ReferenceStep step, Variable[] states)
    {
        Variable h = states[0];
        Variable f = Gate(step, 0, h).Activate(Activation.Sigmoid, 0, 0);
        Variable n = Gate(step, 1, f * h).Activate(Activation.Tanh, 0, 0);
        return [f.Map(value => 1 - value, _ => -1) * h + f * n];
    }

    private Variable Gate(ReferenceStep step, int gate, Variable h) =>
        Sum(step, gate, step.Products(gate, h), step.Vector("bias_ih", gate), step.Vector("bias_hh", gate));
}
