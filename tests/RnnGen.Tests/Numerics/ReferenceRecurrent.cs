namespace RnnGen.Tests.Numerics;

/// <summary>A recurrent layer: the loop over time and the products, which all cells share. A state is h, then c where the cell has one.</summary>
internal abstract class ReferenceRecurrent : ReferenceLayer
{
    private readonly List<Moment?> _moments = [];

    protected ReferenceRecurrent(int inputSize, int size, int gates, int states)
        : base(inputSize, size, states * size)
    {
        Declare("weight_ih", gates * size * inputSize);
        Declare("weight_hh", gates * size * size);
        Declare("bias_ih", gates * size);
        Declare("bias_hh", gates * size);
    }

    public override double[][] Forward(double[][] inputs, bool[] mask, Span<double> state)
    {
        _moments.Clear();
        var outputs = new double[inputs.Length][];
        for (int step = 0; step < inputs.Length; step++)
        {
            outputs[step] = new double[Size];
            _moments.Add(null);
            if (!mask[step])
                continue;
            double[] before = state.ToArray();
            var moment = new Moment(inputs[step], before, Affine("weight_ih", "bias_ih", inputs[step]), Affine("weight_hh", "bias_hh", before.AsSpan(0, Size)));
            for (int unit = 0; unit < Size; unit++)
                Next(moment, unit, state);
            state[..Size].CopyTo(outputs[step]);
            _moments[step] = moment;
        }

        return outputs;
    }

    public override double[][] Backward(double[][] outputGradients, Span<double> stateGradient)
    {
        double[][] inputGradients = [.. outputGradients.Select(_ => new double[InputSize])];
        for (int step = _moments.Count - 1; step >= 0; step--)
        {
            if (_moments[step] is not Moment moment)
                continue;
            double[] gradient = stateGradient.ToArray();
            for (int unit = 0; unit < Size; unit++)
                gradient[unit] += outputGradients[step][unit];
            double[] fromInput = new double[moment.FromInput.Length];
            double[] fromHidden = new double[moment.FromHidden.Length];
            for (int unit = 0; unit < Size; unit++)
                Back(moment, unit, gradient, fromInput, fromHidden, stateGradient);
            AffineBack("weight_ih", "bias_ih", moment.Input, fromInput, inputGradients[step]);
            AffineBack("weight_hh", "bias_hh", moment.State.AsSpan(0, Size), fromHidden, stateGradient[..Size]);
        }

        return inputGradients;
    }

    /// <summary>The next state of one unit.</summary>
    protected abstract void Next(Moment moment, int unit, Span<double> next);

    /// <summary>The way back: sets the unit's gradients of the two parts of its pre-activations, and of its state without what comes through them.</summary>
    protected abstract void Back(Moment moment, int unit, double[] next, double[] fromInput, double[] fromHidden, Span<double> state);

    /// <summary>
    /// What a step started from: its input, the state, and the parts of the pre-activations, <c>W x + b_ih</c> and <c>U h + b_hh</c>, gate by gate.
    /// </summary>
    protected sealed record Moment(double[] Input, double[] State, double[] FromInput, double[] FromHidden)
    {
        public double Sum(int index) => FromInput[index] + FromHidden[index];
    }
}

/// <summary><c>h' = φ(W x + b_ih + U h + b_hh)</c>.</summary>
internal sealed class ReferenceRnn(int inputSize, int size, Activation activation) : ReferenceRecurrent(inputSize, size, 1, 1)
{
    protected override void Next(Moment moment, int unit, Span<double> next) =>
        next[unit] = activation == Activation.Relu ? Math.Max(0, moment.Sum(unit)) : Math.Tanh(moment.Sum(unit));

    protected override void Back(Moment moment, int unit, double[] next, double[] fromInput, double[] fromHidden, Span<double> state)
    {
        double h = Math.Tanh(moment.Sum(unit));
        double slope = activation != Activation.Relu ? 1 - h * h : moment.Sum(unit) > 0 ? 1 : 0;
        fromInput[unit] = fromHidden[unit] = next[unit] * slope;
        state[unit] = 0;
    }
}

/// <summary><c>i, f, o = σ(…)</c>, <c>g = tanh(…)</c>, <c>c' = f c + i g</c>, <c>h' = o tanh c'</c>; gates i f g o.</summary>
internal sealed class ReferenceLstm(int inputSize, int size) : ReferenceRecurrent(inputSize, size, 4, 2)
{
    protected override void Next(Moment moment, int unit, Span<double> next)
    {
        (double i, double f, double g, double o) = Gates(moment, unit);
        next[Size + unit] = f * moment.State[Size + unit] + i * g;
        next[unit] = o * Math.Tanh(next[Size + unit]);
    }

    protected override void Back(Moment moment, int unit, double[] next, double[] fromInput, double[] fromHidden, Span<double> state)
    {
        (double i, double f, double g, double o) = Gates(moment, unit);
        double c = moment.State[Size + unit];
        double tanh = Math.Tanh(f * c + i * g);
        double dc = next[Size + unit] + next[unit] * o * (1 - tanh * tanh);
        double[] gradients = [dc * g * i * (1 - i), dc * c * f * (1 - f), dc * i * (1 - g * g), next[unit] * tanh * o * (1 - o)];
        for (int gate = 0; gate < gradients.Length; gate++)
            fromInput[gate * Size + unit] = fromHidden[gate * Size + unit] = gradients[gate];
        state[unit] = 0;
        state[Size + unit] = dc * f;
    }

    private (double I, double F, double G, double O) Gates(Moment moment, int unit) => (
        Sigmoid(moment.Sum(unit)), Sigmoid(moment.Sum(Size + unit)), Math.Tanh(moment.Sum(2 * Size + unit)), Sigmoid(moment.Sum(3 * Size + unit)));
}

/// <summary><c>r, z = σ(…)</c>, <c>n = tanh(W x + b_in + r (U h + b_hn))</c>, <c>h' = (1 − z) n + z h</c>; gates r z n.</summary>
internal sealed class ReferenceGru(int inputSize, int size) : ReferenceRecurrent(inputSize, size, 3, 1)
{
    protected override void Next(Moment moment, int unit, Span<double> next)
    {
        (_, double z, double n) = Gates(moment, unit);
        next[unit] = (1 - z) * n + z * moment.State[unit];
    }

    protected override void Back(Moment moment, int unit, double[] next, double[] fromInput, double[] fromHidden, Span<double> state)
    {
        (double r, double z, double n) = Gates(moment, unit);
        double dn = next[unit] * (1 - z) * (1 - n * n);
        fromInput[unit] = fromHidden[unit] = dn * moment.FromHidden[2 * Size + unit] * r * (1 - r);
        fromInput[Size + unit] = fromHidden[Size + unit] = next[unit] * (moment.State[unit] - n) * z * (1 - z);
        fromInput[2 * Size + unit] = dn;
        fromHidden[2 * Size + unit] = dn * r;
        state[unit] = next[unit] * z;
    }

    private (double R, double Z, double N) Gates(Moment moment, int unit)
    {
        double r = Sigmoid(moment.Sum(unit));
        return (r, Sigmoid(moment.Sum(Size + unit)), Math.Tanh(moment.FromInput[2 * Size + unit] + r * moment.FromHidden[2 * Size + unit]));
    }
}
