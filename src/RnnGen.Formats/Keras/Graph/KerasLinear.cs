namespace RnnGen.Formats.Keras;

/// <summary>A <c>Dense</c> or <c>Conv1D</c> whose activation may still come, and into whose weights a scale of its outputs can be folded.</summary>
internal sealed record KerasLinear : KerasNode
{
    private readonly Shape _shape;
    private readonly float[] _weight;
    private readonly float[]? _bias;
    private readonly KerasActivation _activation;

    private KerasLinear(KerasNode input, Shape shape, float[] weight, float[]? bias, KerasActivation activation, KerasLayer origin)
        : base([input], shape.Units, place => Attribute(shape, bias is not null, activation, place), bias is null ? [("weight", weight)] : [("weight", weight), ("bias", bias)], origin) =>
        (_shape, _weight, _bias, _activation) = (shape, weight, bias, activation);

    private bool HasActivation => _activation.Function != Activation.Linear;

    /// <summary>A dense layer.</summary>
    /// <param name="input">What it reads.</param>
    /// <param name="units">Its outputs.</param>
    /// <param name="weight"><c>[units, inputs]</c>.</param>
    /// <param name="bias"><c>[units]</c>, or null.</param>
    /// <param name="origin">Where it comes from.</param>
    public static KerasLinear Dense(KerasNode input, int units, float[] weight, float[]? bias, KerasLayer origin) =>
        new(input, new Shape(units, 0, 1, ConvPadding.Causal), weight, bias, KerasActivation.Linear, origin);

    /// <summary>A convolution.</summary>
    /// <inheritdoc cref="Dense"/>
    public static KerasLinear Convolution(KerasNode input, int units, int kernelSize, int dilation, ConvPadding padding, float[] weight, float[]? bias, KerasLayer origin) =>
        new(input, new Shape(units, kernelSize, dilation, padding), weight, bias, KerasActivation.Linear, origin);

    /// <summary>With an activation; null where it has one.</summary>
    public KerasLinear? With(KerasActivation activation) => HasActivation ? null : new KerasLinear(Inputs[0], _shape, _weight, _bias, activation, Origin!);

    /// <summary>With its outputs scaled and moved; null where an activation stands between.</summary>
    public KerasLinear? Scaled(double[] scale, double[] offset)
    {
        if (HasActivation)
            return null;
        int row = _weight.Length / Size;
        float[] weight = [.. _weight.Select((value, at) => (float)(value * scale[at / row]))];
        return new KerasLinear(Inputs[0], _shape, weight, [.. offset.Select((value, at) => (float)(value + ((_bias?[at] ?? 0) * scale[at])))], _activation, Origin!);
    }

    private static LayerAttribute Attribute(Shape shape, bool hasBias, KerasActivation activation, KerasPlace place) => shape.KernelSize == 0
        ? new DenseAttribute(shape.Units, activation.Function)
        {
            Bias = hasBias, ActivationAlpha = activation.Alpha, ActivationBeta = activation.Beta, Name = place.Name, From = place.From, IsOutput = place.IsOutput,
        }
        : new Conv1DAttribute(shape.Units, shape.KernelSize, activation.Function)
        {
            Dilation = shape.Dilation, Padding = shape.Padding, Bias = hasBias, ActivationAlpha = activation.Alpha, ActivationBeta = activation.Beta,
            Name = place.Name, From = place.From, IsOutput = place.IsOutput,
        };

    private sealed record Shape(int Units, int KernelSize, int Dilation, ConvPadding Padding);
}
