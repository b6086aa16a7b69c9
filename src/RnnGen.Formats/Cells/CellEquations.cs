namespace RnnGen.Formats;

/// <summary>One time step of RnnGen's cells, for one direction.</summary>
/// <param name="algebra">What the equations are written with.</param>
/// <param name="layer">The layer's options.</param>
internal sealed class CellEquations<T>(ICellAlgebra<T> algebra, RecurrentLayerAttribute layer)
{
    private readonly int _units = LayerShapes.Units(layer);

    /// <summary>The states after a step; the first is the output.</summary>
    /// <param name="x">The layer's input.</param>
    /// <param name="states">The states before it: h, and c of an LSTM.</param>
    public IReadOnlyList<T> Step(T x, IReadOnlyList<T> states) => layer switch
    {
        RnnAttribute rnn => [algebra.Activate(rnn.Activation, PreActivation(0, Products(0, x, states[0])), rnn.ActivationAlpha, rnn.ActivationBeta)],
        GruAttribute gru => [Gru(gru, x, states[0])],
        LstmAttribute lstm => Lstm(lstm, x, states[0], states[1]),
        _ => throw new NotSupportedException($"No equations of {layer.GetType().Name} are known here."),
    };

    private T Gru(GruAttribute gru, T x, T h)
    {
        T r = Gate(0), z = Gate(1);
        T ofInput = Product("weight_ih", 2, x), sum;
        if (gru.Reset == ResetGate.BeforeProduct)
        {
            sum = PreActivation(2, algebra.Add(ofInput, Product("weight_hh", 2, algebra.Multiply(r, h))));
        }
        else
        {
            // The bias b_hn is after the reset gate, unless the sum is normalized: then both biases come after.
            T ofState = Product("weight_hh", 2, h);
            sum = gru.LayerNorm || !gru.Bias
                ? PreActivation(2, algebra.Add(ofInput, algebra.Multiply(r, ofState)))
                : Clipped(algebra.Add(algebra.Add(ofInput, Part("bias_ih", 2)), algebra.Multiply(r, algebra.Add(ofState, Part("bias_hh", 2)))));
        }

        T n = algebra.Activate(gru.CandidateActivation, sum, gru.CandidateAlpha, gru.CandidateBeta);
        return algebra.Add(algebra.Multiply(algebra.OneMinus(z), n), algebra.Multiply(z, h));

        T Gate(int gate) => algebra.Activate(gru.GateActivation, PreActivation(gate, Products(gate, x, h)), gru.GateAlpha, gru.GateBeta);
    }

    private IReadOnlyList<T> Lstm(LstmAttribute lstm, T x, T h, T c)
    {
        T i = Gate(0, 0, c);
        T f = lstm.CoupledGates ? algebra.OneMinus(i) : Gate(1, 1, c);
        T g = algebra.Activate(lstm.CandidateActivation, PreActivation(2, Products(2, x, h)), lstm.CandidateAlpha, lstm.CandidateBeta);
        T cell = algebra.Add(algebra.Multiply(f, c), algebra.Multiply(i, g));
        if (lstm.CellClip > 0)
            cell = algebra.Clip(cell, lstm.CellClip);
        T o = Gate(3, 2, cell);
        T output = algebra.Multiply(o, algebra.Activate(lstm.CellActivation, cell, lstm.CellAlpha, lstm.CellBeta));
        return [lstm.Projection > 0 ? algebra.Product("weight_hr", 0, lstm.Projection, output) : output, cell];

        T Gate(int gate, int peephole, T seen)
        {
            T products = PreActivation(gate, Products(gate, x, h), lstm.Peephole ? (() => algebra.Multiply(Part("peephole", peephole), seen)) : null);
            return algebra.Activate(lstm.GateActivation, products, lstm.GateAlpha, lstm.GateBeta);
        }
    }

    private T Products(int gate, T x, T h) => algebra.Add(Product("weight_ih", gate, x), Product("weight_hh", gate, h));

    private T Product(string matrix, int gate, T vector) => algebra.Product(matrix, gate * _units, _units, vector);

    private T Part(string vector, int gate) => algebra.Parameter(vector, gate * _units, _units);

    /// <summary>The products (normalized where the layer says so), both biases and what else is added; clipped.</summary>
    private T PreActivation(int gate, T products, Func<T>? added = null)
    {
        T sum = layer.LayerNorm ? algebra.Multiply(algebra.Normalize(products), Part("layer_norm", gate)) : products;
        if (layer.Bias)
            sum = algebra.Add(algebra.Add(sum, Part("bias_ih", gate)), Part("bias_hh", gate));
        return Clipped(added is null ? sum : algebra.Add(sum, added()));
    }

    private T Clipped(T sum) => layer.Clip == 0 ? sum : algebra.Clip(sum, layer.Clip);
}
