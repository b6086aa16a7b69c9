namespace RnnGen.Formats.Tests;

/// <summary>A network for every layer and every option that has to do with inference: what evaluator, writers and readers are tried on.</summary>
internal static class LayerCases
{
    private static readonly Dictionary<string, Func<ModelDescription>> All = Make();

    /// <summary>The names of all cases, as a theory takes them.</summary>
    public static TheoryData<string> Names => [.. All.Keys];

    /// <summary>The names.</summary>
    public static IEnumerable<string> Keys => All.Keys;

    /// <summary>A case.</summary>
    public static ModelDescription Get(string name) => All[name]();

    private static Dictionary<string, Func<ModelDescription>> Make()
    {
        var cases = new Dictionary<string, Func<ModelDescription>>();
        foreach (var (name, layer) in Recurrent())
            cases.Add(name, () => RandomModel.Of(3, layer, new DenseAttribute(2)));
        foreach (Activation activation in Enum.GetValues<Activation>())
            cases.Add($"Dense {activation}", () => RandomModel.Of(3, new DenseAttribute(4, activation), new RnnAttribute(3)));
        cases.Add("Dense without bias", () => RandomModel.Of(3, new DenseAttribute(4) { Bias = false }));
        cases.Add("Dense, α and β", () => RandomModel.Of(3, new DenseAttribute(4, Activation.HardSigmoid) { ActivationAlpha = 0.3f, ActivationBeta = 0.4f }));
        cases.Add("Embedding", () => RandomModel.Of(9, true, new EmbeddingAttribute(4), new GruAttribute(5)));
        cases.Add("Embedding, mean", () => RandomModel.Of(9, true, new EmbeddingAttribute(4), new MeanPoolAttribute(), new DenseAttribute(2)));
        cases.Add("One-hot", () => RandomModel.Of(9, true, new LstmAttribute(4), new DenseAttribute(9, Activation.Softmax)));
        cases.Add("LayerNorm alone", () => RandomModel.Of(5, new LayerNormAttribute(), new LstmAttribute(4)));
        cases.Add("Activation alone", () => RandomModel.Of(3, new LstmAttribute(4), new ActivationAttribute(Activation.Relu), new DenseAttribute(2)));
        cases.Add("Activation alone, α and β", () => RandomModel.Of(3, new LstmAttribute(4), new ActivationAttribute(Activation.HardSigmoid) { ActivationAlpha = 0.3f, ActivationBeta = 0.4f }));
        cases.Add("Last step", () => RandomModel.Of(3, new LstmAttribute(4), new LastStepAttribute(), new DenseAttribute(2, Activation.Softmax)));
        cases.Add("Last step of both directions", () => RandomModel.Of(3, new LstmAttribute(4) { Direction = Direction.Bidirectional }, new LastStepAttribute(), new DenseAttribute(2)));
        cases.Add("Last step after dropout", () => RandomModel.Of(3, new GruAttribute(4) { Direction = Direction.Bidirectional }, new DropoutAttribute(0.5f), new LastStepAttribute(), new DenseAttribute(2)));
        cases.Add("Last step after dropout that others read", () => RandomModel.Of(
            3,
            new GruAttribute(4) { Name = "gru", Direction = Direction.Reverse },
            new DropoutAttribute(0.5f) { Name = "dropout", From = ["gru"] },
            new LastStepAttribute { Name = "last", From = ["dropout"] },
            new MeanPoolAttribute { Name = "mean", From = ["dropout"] },
            new AddAttribute { From = ["last", "mean"] }));
        cases.Add("Last step after a function", () => RandomModel.Of(3, new GruAttribute(4) { Direction = Direction.Bidirectional }, new ActivationAttribute(Activation.Relu), new LastStepAttribute(), new DenseAttribute(2)));
        cases.Add("Dropout that is an output", () => RandomModel.Of(3, new GruAttribute(4) { Name = "gru" }, new DropoutAttribute(0.5f) { IsOutput = true }, new DenseAttribute(2) { From = ["gru"], IsOutput = true }));
        cases.Add("Last step after the identity", () => RandomModel.Of(3, new GruAttribute(4) { Direction = Direction.Reverse }, new ActivationAttribute(Activation.Linear), new LastStepAttribute(), new DenseAttribute(2)));
        cases.Add("Mean", () => RandomModel.Of(3, new GruAttribute(4), new MeanPoolAttribute(), new DenseAttribute(2)));
        cases.Add("Maximum", () => RandomModel.Of(3, new GruAttribute(4), new MaxPoolAttribute(), new DenseAttribute(2)));
        cases.Add("Convolution", () => RandomModel.Of(3, new Conv1DAttribute(4, 3, Activation.Tanh) { Dilation = 2 }, new DenseAttribute(2)));
        cases.Add("Convolution, same", () => RandomModel.Of(3, new Conv1DAttribute(4, 4, Activation.Relu) { Padding = ConvPadding.Same, Bias = false }, new DenseAttribute(2)));
        cases.Add("Convolution, α and β", () => RandomModel.Of(3, new Conv1DAttribute(4, 3, Activation.HardSigmoid) { ActivationAlpha = 0.3f, ActivationBeta = 0.4f }));
        cases.Add("Skip", () => RandomModel.Of(2, new LstmAttribute(4), new DenseAttribute(1), new SkipAttribute()));
        cases.Add("Dropout", () => RandomModel.Of(3, new RnnAttribute(4), new DropoutAttribute(0.5f), new DenseAttribute(2)));
        cases.Add("Three layers", () => RandomModel.Of(3, new LstmAttribute(5), new GruAttribute(4), new RnnAttribute(3), new DenseAttribute(2)));
        cases.Add("Graph", () => RandomModel.Of(
            3,
            new DenseAttribute(4, Activation.Tanh) { Name = "dense" },
            new GruAttribute(4) { Name = "gru" },
            new AddAttribute { Name = "sum", From = ["dense", "gru"] },
            new MultiplyAttribute { Name = "product", From = ["sum", "gru"], IsOutput = true },
            new ConcatAttribute { Name = "all", From = ["product", "input", "dense"] },
            new DenseAttribute(2) { Name = "head", IsOutput = true }));
        return cases;
    }

    private static IEnumerable<(string Name, RecurrentLayerAttribute Layer)> Recurrent()
    {
        yield return ("Rnn", new RnnAttribute(4));
        yield return ("Rnn, ReLU", new RnnAttribute(4) { Activation = Activation.Relu });
        yield return ("Rnn, α and β", new RnnAttribute(4) { Activation = Activation.HardSigmoid, ActivationAlpha = 0.3f, ActivationBeta = 0.4f });
        yield return ("Rnn without bias", new RnnAttribute(4) { Bias = false });
        yield return ("Rnn, clipped", new RnnAttribute(4) { Clip = 0.4f });
        yield return ("Rnn, reverse", new RnnAttribute(4) { Direction = Direction.Reverse });
        yield return ("Rnn, learned state", new RnnAttribute(4) { LearnedState = true });
        yield return ("Rnn, normalised", new RnnAttribute(4) { LayerNorm = true });
        yield return ("Lstm", new LstmAttribute(4));
        yield return ("Lstm without bias", new LstmAttribute(4) { Bias = false });
        yield return ("Lstm, peephole", new LstmAttribute(4) { Peephole = true });
        yield return ("Lstm, coupled", new LstmAttribute(4) { CoupledGates = true });
        yield return ("Lstm, projected", new LstmAttribute(4) { Projection = 3 });
        yield return ("Lstm, cell clip", new LstmAttribute(4) { CellClip = 0.3f });
        yield return ("Lstm, learned state", new LstmAttribute(4) { LearnedState = true });
        yield return ("Lstm, normalised", new LstmAttribute(4) { LayerNorm = true });
        yield return ("Lstm, activations", new LstmAttribute(4) { GateActivation = Activation.HardSigmoid, CandidateActivation = Activation.Softsign, CellActivation = Activation.Relu });
        yield return ("Lstm, α and β", new LstmAttribute(4)
        {
            GateActivation = Activation.HardSigmoidOnnx, GateAlpha = 0.3f, GateBeta = 0.4f, CandidateActivation = Activation.Affine, CandidateAlpha = 0.7f, CandidateBeta = 0.1f,
            CellActivation = Activation.HardSigmoid, CellAlpha = 0.25f, CellBeta = 0.45f,
        });
        yield return ("Lstm, reverse", new LstmAttribute(4) { Direction = Direction.Reverse });
        foreach (Merge merge in Enum.GetValues<Merge>())
            yield return ($"Lstm, both directions, {merge}", new LstmAttribute(4) { Direction = Direction.Bidirectional, Merge = merge, Peephole = true });
        yield return ("Gru", new GruAttribute(4));
        yield return ("Gru without bias", new GruAttribute(4) { Bias = false });
        yield return ("Gru, clipped", new GruAttribute(4) { Clip = 0.3f });
        yield return ("Gru, reset before", new GruAttribute(4) { Reset = ResetGate.BeforeProduct });
        yield return ("Gru, normalised", new GruAttribute(4) { LayerNorm = true });
        yield return ("Gru, normalised, reset before", new GruAttribute(4) { LayerNorm = true, Reset = ResetGate.BeforeProduct });
        yield return ("Gru, learned state, both directions", new GruAttribute(4) { LearnedState = true, Direction = Direction.Bidirectional });
        yield return ("Gru, α and β", new GruAttribute(4)
        {
            GateActivation = Activation.HardSigmoid, GateAlpha = 0.3f, GateBeta = 0.4f, CandidateActivation = Activation.Affine, CandidateAlpha = 0.7f, CandidateBeta = 0.1f,
        });
        yield return ("Gru, activations", new GruAttribute(4) { GateActivation = Activation.HardSigmoid, CandidateActivation = Activation.Elu });
    }
}
