namespace RnnGen.Formats.Rnnoise;

/// <summary>A layer of RNNoise's, as it lies in the file.</summary>
internal sealed class RnnoiseLayer
{
    private readonly string _name;
    private readonly Activation _activation;
    private readonly bool _isGru;
    private readonly float[] _weight, _recurrent, _bias;

    private RnnoiseLayer(RnnoiseNumbers numbers, string name, bool isGru)
    {
        (_name, _isGru) = (name, isGru);
        (Inputs, Units) = (numbers.Size($"{name}, inputs"), numbers.Size($"{name}, units"));
        int activation = numbers.Next($"{name}, activation");
        _activation = activation switch
        {
            0 => Activation.Tanh,
            1 => Activation.Sigmoid,
            2 => Activation.Relu,
            _ => throw new FormatException($"{name}: expected the activation 0 (tanh), 1 (sigmoid) or 2 (ReLU), got {activation}"),
        };
        int rows = isGru ? 3 * Units : Units;
        _weight = numbers.Weights(name, Inputs * rows).Transposed(Inputs, rows);
        _recurrent = isGru ? numbers.Weights(name, Units * rows).Transposed(Units, rows) : [];
        _bias = numbers.Weights(name, rows);
    }

    /// <summary>What it reads.</summary>
    public int Inputs { get; }

    /// <summary>What it gives.</summary>
    public int Units { get; }

    /// <summary>The name in RNNoise's own code, where it is another.</summary>
    private string? OriginalName => _name switch
    {
        "dense" => "input_dense",
        "gains" => "denoise_output",
        "vad" => "vad_output",
        _ => null,
    };

    /// <summary>Weights of a layer.</summary>
    public static int Count(int inputs, int units, bool isGru) => isGru ? 3 * units * (inputs + units + 1) : units * (inputs + 1);

    public static RnnoiseLayer Read(RnnoiseNumbers numbers, string name, bool isGru) => new(numbers, name, isGru);

    /// <summary>Adds it to a network.</summary>
    public void Add(ModelBuilder builder, string[] from, bool isOutput)
    {
        if (!_isGru)
        {
            builder.Add(new DenseAttribute(Units, _activation) { Name = _name, From = from, IsOutput = isOutput }, OriginalName, ("weight", _weight), ("bias", _bias));
            return;
        }

        builder.Add(
            new GruAttribute(Units) { Name = _name, From = from, Reset = ResetGate.BeforeProduct, CandidateActivation = _activation },
            OriginalName,
            ("weight_ih", _weight.Reordered("zrn", "rzn")),
            ("weight_hh", _recurrent.Reordered("zrn", "rzn")),
            ("bias_ih", _bias.Reordered("zrn", "rzn")),
            ("bias_hh", new float[3 * Units]));
    }
}
