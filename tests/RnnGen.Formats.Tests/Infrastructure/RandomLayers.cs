namespace RnnGen.Formats.Tests;

/// <summary>Networks of random layers with random options: combinations that nobody thought of.</summary>
internal static class RandomLayers
{
    private static readonly Activation[] Scalar = [.. Enum.GetValues<Activation>().Where(activation => activation != Activation.Softmax)];

    /// <summary>A network whose outputs do not grow without bound, so that they can be compared.</summary>
    /// <param name="seed">Decides all of it.</param>
    public static ModelDescription Model(int seed)
    {
        var random = new Random(seed);
        while (true)
        {
            ModelDescription model = Network(random);
            if (Enumerable.Range(0, 3).All(input => Array.TrueForAll(new ModelEvaluator(model).Run(Cli.Verification.RandomInputs.Of(model, 24, input)), value => Math.Abs(value) < 100)))
                return model;
        }
    }

    private static ModelDescription Network(Random random)
    {
        bool isOneHot = random.Next(8) == 0;
        List<LayerAttribute> layers = isOneHot && random.Next(2) == 0 ? [new EmbeddingAttribute(random.Next(1, 5))] : [];
        for (int count = random.Next(1, 4); count > 0; count--)
            layers.Add(random.Next(3) == 0 && layers.Count > 0 ? Other(random) : Recurrent(random));
        if (random.Next(3) == 0)
            layers.Add(random.Next(3) switch { 0 => new LastStepAttribute(), 1 => new MeanPoolAttribute(), _ => new MaxPoolAttribute() });
        if (random.Next(2) == 0)
            layers.Add(Dense(random));
        return RandomModel.Of(random.Next(1, 6), isOneHot, [.. layers]);
    }

    private static RecurrentLayerAttribute Recurrent(Random random)
    {
        int units = random.Next(1, 7);
        bool bias = !Rarely(), learned = Rarely(), normalised = units > 1 && Rarely(); // a unit alone, normalised, is 0
        float clip = Rarely() ? 0.4f : 0;
        var direction = (Direction)(Rarely() ? random.Next(1, 3) : 0);
        var merge = (Merge)(direction == Direction.Bidirectional ? random.Next(4) : 0);
        switch (random.Next(3))
        {
            case 0:
                return new RnnAttribute(units)
                {
                    Bias = bias, LearnedState = learned, LayerNorm = normalised, Clip = clip, Direction = direction, Merge = merge, Activation = Function(Activation.Tanh),
                };
            case 1:
                return new GruAttribute(units)
                {
                    Bias = bias, LearnedState = learned, LayerNorm = normalised, Clip = clip, Direction = direction, Merge = merge, Reset = (ResetGate)random.Next(2),
                    GateActivation = Function(Activation.Sigmoid), CandidateActivation = Function(Activation.Tanh),
                };
            default:
                return new LstmAttribute(units)
                {
                    Bias = bias, LearnedState = learned, LayerNorm = normalised, Clip = clip, Direction = direction, Merge = merge, Peephole = Rarely(), CoupledGates = Rarely(),
                    Projection = Rarely() ? random.Next(1, units + 1) : 0, CellClip = Rarely() ? 0.3f : 0,
                    GateActivation = Function(Activation.Sigmoid), CandidateActivation = Function(Activation.Tanh), CellActivation = Function(Activation.Tanh),
                };
        }

        bool Rarely() => random.Next(4) == 0;

        Activation Function(Activation ordinary) => random.Next(5) == 0 ? Scalar[random.Next(Scalar.Length)] : ordinary;
    }

    private static LayerAttribute Other(Random random) => random.Next(5) switch
    {
        0 => new LayerNormAttribute(),
        1 => new ActivationAttribute(Function(random)),
        2 when random.Next(3) == 0 => new Conv1DAttribute(random.Next(1, 5), 1, Function(random)) { Bias = random.Next(3) > 0 },
        2 => new Conv1DAttribute(random.Next(1, 5), random.Next(2, 4), Function(random)) { Dilation = random.Next(1, 3), Padding = (ConvPadding)random.Next(2), Bias = random.Next(3) > 0 },
        3 => new DropoutAttribute(0.5f),
        _ => Dense(random),
    };

    private static DenseAttribute Dense(Random random) => new(random.Next(1, 5), Function(random)) { Bias = random.Next(3) > 0 };

    private static Activation Function(Random random) => (Activation)random.Next(Scalar.Length + 1);
}
