namespace RnnGen.Formats;

/// <summary>The equations of RnnGen's cells, gate by gate, with the parameters of one direction.</summary>
internal sealed class CellStep
{
    private readonly ModelLayer _layer;
    private readonly RecurrentLayerAttribute _options;
    private readonly int _units;
    private readonly Dictionary<string, double[]> _parameters;

    private CellStep(ModelLayer layer, string suffix)
    {
        (_layer, _options) = (layer, (RecurrentLayerAttribute)layer.Attribute);
        _units = LayerShapes.Units(_options);
        _parameters = LayerShapes.Parameters(layer.Attribute, layer.InputSize)!.Where(parameter => parameter.Parameter.EndsWith("_reverse", StringComparison.Ordinal) == (suffix.Length > 0))
            .ToDictionary(parameter => parameter.Parameter[..^suffix.Length], parameter => LayerEvaluator.Values(layer, parameter.Parameter), StringComparer.Ordinal);
    }

    /// <summary>The hidden states of a sequence.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="suffix">Of the direction's parameters.</param>
    /// <param name="rows">The sequence in the order of the direction.</param>
    /// <param name="isFirst">Whether it begins with the learned state, where there is one; else with zero.</param>
    public static double[][] Run(ModelLayer layer, string suffix, IReadOnlyList<double[]> rows, bool isFirst)
    {
        if (layer.Attribute is CellAttribute own)
            return OfOwnCell(layer, own, suffix, rows);
        var step = new CellStep(layer, suffix);
        double[] h = step.First("initial_h", LayerShapes.StateSize(step._options), isFirst), c = step.First("initial_c", step._units, isFirst);
        double[][] outputs = new double[rows.Count][];
        for (int at = 0; at < outputs.Length; at++)
        {
            (h, c) = layer.Attribute switch
            {
                RnnAttribute rnn => (step.Rnn(rnn, rows[at], h), c),
                GruAttribute gru => (step.Gru(gru, rows[at], h), c),
                LstmAttribute lstm => step.Lstm(lstm, rows[at], h, c),
                _ => throw new NotSupportedException($"The evaluator does not know {layer.Attribute.GetType().Name}."),
            };
            outputs[at] = h;
        }

        return outputs;
    }

    private static double[][] OfOwnCell(ModelLayer layer, CellAttribute cell, string suffix, IReadOnlyList<double[]> rows)
    {
        bool reverse = suffix.Length > 0 || cell.Direction == Direction.Reverse;
        var trace = CellReference.Run(
            cell, layer.Tensors.ToDictionary(tensor => tensor.Name[(layer.Name.Length + 1)..], tensor => Array.ConvertAll(tensor.Values, value => (double)value)),
            reverse ? [.. rows.Reverse()] : rows, reverse);
        return reverse ? [.. trace.Outputs.Reverse()] : [.. trace.Outputs];
    }

    private double[] First(string parameter, int size, bool isFirst) => isFirst && _parameters.TryGetValue(parameter, out double[]? learned) ? learned : new double[size];

    private double[] Rnn(RnnAttribute rnn, double[] x, double[] h) =>
        Activations.Apply(rnn.Activation, PreActivation(0, Products(0, x, h)), rnn.ActivationAlpha, rnn.ActivationBeta);

    private double[] Gru(GruAttribute gru, double[] x, double[] h)
    {
        double[] r = Gate(0), z = Gate(1);
        double[] ofInput = Product("weight_ih", 2, x), sum;
        if (gru.Reset == ResetGate.BeforeProduct)
        {
            sum = PreActivation(2, Sum(ofInput, Product("weight_hh", 2, Times(r, h))));
        }
        else
        {
            // The bias b_hn is behind the reset gate, unless the sum is normalized: then both biases come after.
            double[] ofState = Product("weight_hh", 2, h);
            sum = gru.LayerNorm || !gru.Bias
                ? PreActivation(2, Sum(ofInput, Times(r, ofState)))
                : Clipped(Sum(Sum(ofInput, Part("bias_ih", 2)), Times(r, Sum(ofState, Part("bias_hh", 2)))));
        }

        double[] n = Activations.Apply(gru.CandidateActivation, sum, gru.CandidateAlpha, gru.CandidateBeta);
        return [.. z.Select((update, unit) => ((1 - update) * n[unit]) + (update * h[unit]))];

        double[] Gate(int gate) => Activations.Apply(gru.GateActivation, PreActivation(gate, Products(gate, x, h)), gru.GateAlpha, gru.GateBeta);
    }

    private (double[] H, double[] C) Lstm(LstmAttribute lstm, double[] x, double[] h, double[] c)
    {
        double[] i = Gate(0, 0, c);
        double[] f = lstm.CoupledGates ? Array.ConvertAll(i, value => 1 - value) : Gate(1, 1, c);
        double[] g = Activations.Apply(lstm.CandidateActivation, PreActivation(2, Products(2, x, h)), lstm.CandidateAlpha, lstm.CandidateBeta);
        double[] cell = Sum(Times(f, c), Times(i, g));
        if (lstm.CellClip > 0)
            cell = Array.ConvertAll(cell, value => Math.Clamp(value, -lstm.CellClip, lstm.CellClip));
        double[] o = Gate(3, 2, cell);
        double[] output = Times(o, Activations.Apply(lstm.CellActivation, cell, lstm.CellAlpha, lstm.CellBeta));
        return (lstm.Projection > 0 ? LayerEvaluator.Product(_parameters["weight_hr"], output, 0, lstm.Projection) : output, cell);

        double[] Gate(int gate, int peephole, double[] seen) => Activations.Apply(
            lstm.GateActivation, PreActivation(gate, Products(gate, x, h), lstm.Peephole ? Times(Part("peephole", peephole), seen) : null), lstm.GateAlpha, lstm.GateBeta);
    }

    private double[] Products(int gate, double[] x, double[] h) => Sum(Product("weight_ih", gate, x), Product("weight_hh", gate, h));

    private double[] Product(string matrix, int gate, double[] vector) => LayerEvaluator.Product(_parameters[matrix], vector, gate * _units, _units);

    /// <summary>The products (normalized where the layer says so), both biases and what else is added; clipped.</summary>
    private double[] PreActivation(int gate, double[] products, double[]? added = null)
    {
        double[] sum = _options.LayerNorm ? LayerEvaluator.Normalized(products, Part("layer_norm", gate)) : products;
        if (_options.Bias)
            sum = Sum(Sum(sum, Part("bias_ih", gate)), Part("bias_hh", gate));
        return Clipped(added is null ? sum : Sum(sum, added));
    }

    private double[] Part(string vector, int gate) => _parameters[vector][(gate * _units)..((gate + 1) * _units)];

    private double[] Clipped(double[] sum) => _options.Clip == 0 ? sum : Array.ConvertAll(sum, value => Math.Clamp(value, -_options.Clip, _options.Clip));

    private static double[] Sum(double[] one, double[] other) => [.. one.Zip(other, (left, right) => left + right)];

    private static double[] Times(double[] one, double[] other) => [.. one.Zip(other, (left, right) => left * right)];
}
