namespace RnnGen.Formats.Tests;

/// <summary>What is written as RTNeural's JSON is read as the same network, and what RTNeural does not have is refused.</summary>
public sealed class RtNeuralWriterTests
{
    /// <summary>What RTNeural has of all cases.</summary>
    private static readonly HashSet<string> Written =
    [
        "Lstm", "Lstm without bias", "Gru", "Gru without bias", "Dense without bias", "Activation alone", "Convolution", "Dropout before a dense layer", "Three layers of it", "Leaky, alone", "Convolution without bias",
    ];

    private static readonly Dictionary<string, Func<ModelDescription>> Own = new()
    {
        ["Three layers of it"] = () => RandomModel.Of(3, new LstmAttribute(5), new Conv1DAttribute(4, 2, Activation.LeakyRelu) { ActivationAlpha = 0.3f }, new GruAttribute(4), new DenseAttribute(2, Activation.Softmax)),
        ["Leaky, alone"] = () => RandomModel.Of(3, new DenseAttribute(4, Activation.LeakyRelu), new ActivationAttribute(Activation.LeakyRelu) { ActivationAlpha = -0.5f }),
        ["Dropout before a dense layer"] = () => RandomModel.Of(3, new GruAttribute(4), new DropoutAttribute(0.5f), new DenseAttribute(2)),
        ["Convolution without bias"] = () => RandomModel.Of(3, new Conv1DAttribute(4, 2) { Bias = false }),
    };

    public static TheoryData<string> Cases => [.. LayerCases.Keys, .. Own.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_network_comes_back_or_is_refused(string name)
    {
        ModelDescription model = Own.TryGetValue(name, out Func<ModelDescription>? own) ? own() : LayerCases.Get(name);
        using var stream = new MemoryStream();
        if (!Written.Contains(name))
        {
            var refusal = Assert.Throws<UnsupportedLayerException>(() => new RtNeuralWriter().Write(model, stream));
            Assert.Contains(model.Layers, layer => layer.Name == refusal.Layer || refusal.Layer == "input");
            Assert.Equal(0, stream.Length);
            return;
        }

        new RtNeuralWriter().Write(model, stream);
        ModelDescription read = ModelFormats.Read(new ModelFile("written.json", stream.ToArray()), ImportOptions.Default);
        Assert.Equal("RTNeural JSON", read.Source);
        float[] input = Cli.Verification.RandomInputs.Of(model, 9, 3);
        double[] expected = new ModelEvaluator(model).Run(input), actual = new ModelEvaluator(read).Run(input);
        Assert.Equal(expected.Length, actual.Length);
        for (int at = 0; at < expected.Length; at++)
            Assert.Equal(expected[at], actual[at], 1e-6);
    }

    [Fact]
    public void Activations_are_written_or_refused_by_name()
    {
        Activation[] written = [Activation.Linear, Activation.Tanh, Activation.Relu, Activation.Sigmoid, Activation.Softmax, Activation.Elu, Activation.LeakyRelu];
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            ModelDescription model = RandomModel.Of(3, new DenseAttribute(4, activation));
            using var stream = new MemoryStream();
            if (!written.Contains(activation))
            {
                Assert.Equal($"Dense \"dense0\": its activation is {activation}; RTNeural has tanh, relu, sigmoid, softmax, elu", Assert.Throws<UnsupportedLayerException>(() => new RtNeuralWriter().Write(model, stream)).Message);
                continue;
            }

            new RtNeuralWriter().Write(model, stream);
            ModelDescription read = ModelFormats.Read(new ModelFile("written.json", stream.ToArray()), ImportOptions.Default);
            float[] input = [0.5f, -0.25f, 0.75f, -1, 1, 0.5f];
            foreach ((double expected, double actual) in new ModelEvaluator(model).Run(input).Zip(new ModelEvaluator(read).Run(input)))
                Assert.Equal(expected, actual, 1e-7); // a slope of 0.01 is written in single precision
        }
    }

    [Fact]
    public void Options_are_refused_by_name()
    {
        using var stream = new MemoryStream();
        Assert.Equal(
            "Gru \"gru0\": its Reset is BeforeProduct, which RTNeural does not have",
            Assert.Throws<UnsupportedLayerException>(() => new RtNeuralWriter().Write(RandomModel.Of(2, new GruAttribute(3) { Reset = ResetGate.BeforeProduct }), stream)).Message);
        Assert.Equal(
            "Dense \"dense0\": its ELU has an α of 0.5, RTNeural's has 1",
            Assert.Throws<UnsupportedLayerException>(() => new RtNeuralWriter().Write(RandomModel.Of(2, new DenseAttribute(3, Activation.Elu) { ActivationAlpha = 0.5f }), stream)).Message);
    }
}
