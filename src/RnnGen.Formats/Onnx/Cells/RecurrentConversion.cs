namespace RnnGen.Formats.Onnx;

/// <summary>What the attributes of ONNX's RNN, LSTM and GRU say.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Direction">In which direction it goes.</param>
/// <param name="Units">Units of each direction.</param>
/// <param name="Activations">The functions of each direction one after the other, in ONNX's order; empty for its defaults.</param>
internal sealed record RecurrentAttributes(string Operator, Direction Direction, int Units, IReadOnlyList<ActivationFunction> Activations)
{
    /// <summary>The limit of what goes into activations; 0 for none.</summary>
    public float Clip { get; init; }

    /// <summary>Whether f = 1 − i.</summary>
    public bool CouplesGates { get; init; }

    /// <summary>Whether a GRU's reset gate stands after the product.</summary>
    public bool ResetsAfterProduct { get; init; }

    public int Directions => Direction == Direction.Bidirectional ? 2 : 1;

    public int Gates => Operator switch { "LSTM" => 4, "GRU" => 3, _ => 1 };
}

/// <summary>Makes RnnGen's layers of ONNX's recurrent operators: the one place that knows both gate orders.</summary>
internal static class RecurrentConversion
{
    /// <summary>The layer.</summary>
    /// <param name="attributes">The operator's attributes.</param>
    /// <param name="w">W <c>[directions, gates · units, inputs]</c>.</param>
    /// <param name="r">R <c>[directions, gates · units, units]</c>.</param>
    /// <param name="b">B <c>[directions, 2 · gates · units]</c>; null where there is none.</param>
    /// <param name="p">P <c>[directions, 3 · units]</c>; null where there is none.</param>
    /// <param name="firstHidden">What h is at first, <c>[directions, units]</c>; null where it is zero or given.</param>
    /// <param name="firstCell">The same of c.</param>
    /// <exception cref="FormatException">An array has another size.</exception>
    /// <exception cref="NotSupportedException">The directions differ in their functions; the message ends a sentence.</exception>
    public static RecurrentLayer Convert(RecurrentAttributes attributes, float[] w, float[] r, float[]? b, float[]? p, float[]? firstHidden = null, float[]? firstCell = null)
    {
        (int units, int rows) = (attributes.Units, checked(attributes.Units * attributes.Gates));
        bool learns = firstHidden is not null || firstCell is not null;
        List<(string, float[])> parameters = [];
        (string from, string to) = attributes.Gates switch { 4 => ("iofg", "ifgo"), 3 => ("zrn", "rzn"), _ => ("h", "h") };
        for (int direction = 0; direction < attributes.Directions; direction++)
        {
            string suffix = direction == 0 ? "" : "_reverse";
            parameters.Add(("weight_ih" + suffix, Of(w, direction).Reordered(from, to)));
            parameters.Add(("weight_hh" + suffix, Of(r, direction).Reordered(from, to)));
            if (b is not null)
            {
                parameters.Add(("bias_ih" + suffix, Of(b, direction).Part(0, rows).Reordered(from, to)));
                parameters.Add(("bias_hh" + suffix, Of(b, direction).Part(rows, rows).Reordered(from, to)));
            }

            if (p is not null)
                parameters.Add(("peephole" + suffix, Of(p, direction).Reordered("iof", "ifo")));
            if (learns)
                parameters.Add(("initial_h" + suffix, firstHidden is null ? new float[units] : Of(firstHidden, direction)));
            if (learns && attributes.Operator == "LSTM")
                parameters.Add(("initial_c" + suffix, firstCell is null ? new float[units] : Of(firstCell, direction)));
        }

        return new RecurrentLayer(Attribute(attributes, b is not null, p is not null, learns), parameters);

        float[] Of(float[] values, int direction) => values.Part(direction * (values.Length / attributes.Directions), values.Length / attributes.Directions);
    }

    private static RecurrentLayerAttribute Attribute(RecurrentAttributes attributes, bool bias, bool peephole, bool learns)
    {
        ActivationFunction[] functions = Functions(attributes);
        return attributes.Operator switch
        {
            "LSTM" => new LstmAttribute(attributes.Units)
            {
                Direction = attributes.Direction,
                Bias = bias,
                Clip = attributes.Clip,
                LearnedState = learns,
                Peephole = peephole,
                CoupledGates = attributes.CouplesGates,
                GateActivation = functions[0].Activation,
                GateAlpha = functions[0].Alpha,
                GateBeta = functions[0].Beta,
                CandidateActivation = functions[1].Activation,
                CandidateAlpha = functions[1].Alpha,
                CandidateBeta = functions[1].Beta,
                CellActivation = functions[2].Activation,
                CellAlpha = functions[2].Alpha,
                CellBeta = functions[2].Beta,
            },
            "GRU" => new GruAttribute(attributes.Units)
            {
                Direction = attributes.Direction,
                Bias = bias,
                Clip = attributes.Clip,
                LearnedState = learns,
                Reset = attributes.ResetsAfterProduct ? ResetGate.AfterProduct : ResetGate.BeforeProduct,
                GateActivation = functions[0].Activation,
                GateAlpha = functions[0].Alpha,
                GateBeta = functions[0].Beta,
                CandidateActivation = functions[1].Activation,
                CandidateAlpha = functions[1].Alpha,
                CandidateBeta = functions[1].Beta,
            },
            _ => new RnnAttribute(attributes.Units)
            {
                Direction = attributes.Direction,
                Bias = bias,
                Clip = attributes.Clip,
                LearnedState = learns,
                Activation = functions[0].Activation,
                ActivationAlpha = functions[0].Alpha,
                ActivationBeta = functions[0].Beta,
            },
        };
    }

    /// <summary>The functions of one direction; the other one has the same, for RnnGen's layers have one set of options.</summary>
    private static ActivationFunction[] Functions(RecurrentAttributes attributes)
    {
        ActivationFunction sigmoid = new(Activation.Sigmoid), tanh = new(Activation.Tanh);
        ActivationFunction[] defaults = attributes.Operator switch { "LSTM" => [sigmoid, tanh, tanh], "GRU" => [sigmoid, tanh], _ => [tanh] };
        if (attributes.Activations.Count == 0)
            return defaults;
        if (attributes.Activations.Count != defaults.Length * attributes.Directions)
            throw new NotSupportedException($"expected {defaults.Length * attributes.Directions} activations, got {attributes.Activations.Count}");
        ActivationFunction[] first = [.. attributes.Activations.Take(defaults.Length)];
        return attributes.Activations.Skip(defaults.Length).SequenceEqual(attributes.Directions == 1 ? [] : first)
            ? first
            : throw new NotSupportedException("its two directions have different activations, expected the same");
    }
}
