namespace RnnGen.Formats;

/// <summary><c>y_t = φ(b + Σₖ Wₖ x_(t − p + k · dilation))</c> over unmasked steps, zeros outside; p is the whole reach (causal) or half of it.</summary>
internal sealed class ConvolutionEvaluator(ModelLayer layer, bool resets) : LayerEvaluator(layer)
{
    private readonly Conv1DAttribute _convolution = (Conv1DAttribute)layer.Attribute;
    private readonly double[] _weight = Values(layer, "weight");
    private readonly double[]? _bias = layer.Find("bias") is null ? null : Values(layer, "bias");

    public override Rows Run(IReadOnlyList<Rows> sources, double[]?[] input)
    {
        double[]?[] steps = Rows.Joined(sources).Steps;
        var outputs = new double[]?[steps.Length];
        List<int> piece = []; // steps that see each other
        for (int step = 0; step < steps.Length; step++)
        {
            if (steps[step] is not null)
            {
                piece.Add(step);
                continue;
            }

            if (resets)
            {
                Fill(piece, steps, outputs);
                piece.Clear();
            }
        }

        Fill(piece, steps, outputs);
        return new(outputs);
    }

    private void Fill(List<int> piece, double[]?[] steps, double[]?[] outputs)
    {
        int reach = (_convolution.KernelSize - 1) * _convolution.Dilation;
        int before = _convolution.Padding == ConvPadding.Causal ? reach : reach / 2;
        for (int at = 0; at < piece.Count; at++)
        {
            double[] sum = _bias is null ? new double[_convolution.Units] : [.. _bias];
            for (int tap = 0; tap < _convolution.KernelSize; tap++)
            {
                int from = at - before + (tap * _convolution.Dilation);
                if (from >= 0 && from < piece.Count)
                    Add(sum, steps[piece[from]]!, tap);
            }

            outputs[piece[at]] = Activations.Apply(_convolution.Activation, sum, _convolution.ActivationAlpha, _convolution.ActivationBeta);
        }
    }

    private void Add(double[] sum, double[] row, int tap)
    {
        for (int unit = 0; unit < sum.Length; unit++)
            for (int channel = 0; channel < row.Length; channel++)
                sum[unit] += _weight[(((unit * row.Length) + channel) * _convolution.KernelSize) + tap] * row[channel];
    }
}
