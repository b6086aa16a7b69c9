using System.Text;

namespace RnnGen.Formats.Tests;

/// <summary>Neural Amp Modeler's files: its LSTMs against the outputs of its own player, its WaveNets against the same equations without a graph.</summary>
public sealed class NamFormatTests
{
    private const string Array = """ "input_size": 1, "condition_size": 1, "channels": 2, "kernel_size": 3, "dilations": [1, 2] """;

    /// <summary>
    /// The player computes in single precision, and its outputs are up to 7e-6 off double precision. So does the compiled network, and each instruction set
    /// sums in its own order: it may be another 1e-5 off.
    /// </summary>
    [SkippableTheory]
    [InlineData("lstm", "lstm_h3", 2e-7, 4e-7)]
    [InlineData("BossLSTM-1x16", "BossLSTM-1x16", 7e-6, 1.7e-5)]
    [InlineData("BossLSTM-2x8", "BossLSTM-2x8", 2e-6, 4e-6)]
    public void Amplifiers_sound_as_their_player_recorded_them(string file, string output, double ofEvaluator, double ofNetwork)
    {
        using Imported imported = Imported.Shared("models", "guitar", "nam", file + ".nam");
        float[] samples = Recorded.Wave("models", "guitar", "nam", "input.wav"), outputs = Recorded.Singles("models", "guitar", "nam", output + "_out.f32");
        Recorded.AssertOutputs(imported, samples[48000..(48000 + outputs.Length)], outputs, ofEvaluator, ofNetwork); // the first second is silence
    }

    /// <summary>No outputs of the WaveNets were recorded, but they were trained on the amplifier of an LSTM whose outputs were.</summary>
    [SkippableTheory]
    [InlineData("BossWN-nano.nam")]
    [InlineData("BossWN-feather.nam")]
    public void WaveNets_are_their_equations_and_sound_like_the_amplifier(string file)
    {
        ModelFile model = ModelFile.Read(RnnGen.Tests.SharedFolder.Get("models", "wavenet", file));
        using Imported imported = Imported.Of(model);
        AssertEquations(model, imported.Model, 600);
        float[] samples = Recorded.Wave("models", "guitar", "nam", "input.wav"), amplifier = Recorded.Singles("models", "guitar", "nam", "BossLSTM-1x16_out.f32");
        Assert.InRange(Correlation(amplifier, imported.Network.Run(samples[48000..(48000 + amplifier.Length)])), 0.98, 1);
    }

    [Theory]
    [InlineData("Tanh", "\"gated\": false, \"head_size\": 1, \"head_bias\": true", 1, "null")]
    [InlineData("ReLU", "\"gated\": true, \"head_size\": 1, \"head_bias\": false", 2, "null")]
    [InlineData("LeakyReLU", "\"gated\": false, \"head\": {\"out_channels\": 2, \"kernel_size\": 3, \"bias\": true}", 1, """{"channels": 3, "out_channels": 1, "kernel_sizes": [2, 3], "activation": "ReLU"}""")]
    public void Options_of_a_WaveNet_are_its_equations(string activation, string options, int gates, string head)
    {
        string config = $$"""{"layers": [{ {{Array}}, "activation": "{{activation}}", {{options}}}], "head": {{head}}, "head_scale": 0.75}""";
        int layer = (gates * 2 * 2 * 3) + (gates * 2) + (gates * 2) + (2 * 2) + 2;
        int last = options.Contains("head_size", StringComparison.Ordinal) ? 2 + (options.EndsWith("true", StringComparison.Ordinal) ? 1 : 0) : (2 * 2 * 3) + 2;
        int after = head == "null" ? 0 : (3 * 2 * 2) + 3 + (1 * 3 * 3) + 1;
        ModelFile file = NamFile.Of("WaveNet", config, 2 + (2 * layer) + last + after + 1, 0.75f);
        AssertEquations(file, Read(file), 40);
    }

    [Fact]
    public void A_ConvNet_with_and_without_batch_normalisation_is_the_same_network()
    {
        const string Config = """{"channels": 2, "dilations": [1, 3], "batchnorm": false, "activation": "Tanh"}""";
        float[] plain = NamFile.Weights((2 * 1 * 2) + 2 + (2 * 2 * 2) + 2 + 2 + 1);
        ModelDescription without = Read(NamFile.Of("ConvNet", Config, plain));

        // The same bias as mean, with a variance of 4, ε of 0 and γ of 2: a normalisation that changes nothing but subtracts.
        float[] normalized =
        [
            .. plain[..4], -plain[4], -plain[5], 4, 4, 2, 2, 0, 0, 0,
            .. plain[6..14], -plain[14], -plain[15], 4, 4, 2, 2, 0, 0, 0,
            .. plain[16..],
        ];
        ModelDescription with = Read(NamFile.Of("ConvNet", Config.Replace("false", "true", StringComparison.Ordinal), normalized));
        float[] input = Input(30);
        Assert.Equal(new ModelEvaluator(without).Run(input), new ModelEvaluator(with).Run(input));
        Assert.Equal([.. plain[..4]], without.Tensors[0].Values);
    }

    [Fact]
    public void A_linear_model_is_an_impulse_response()
    {
        ModelDescription model = Read(NamFile.Of("Linear", """{"receptive_field": 3, "bias": true}""", [1, 0.5f, 0.25f, 8]));
        Assert.Equal([9, 8.5, 8.25, 8], new ModelEvaluator(model).Run([1, 0, 0, 0]));
    }

    [Fact]
    public void A_container_is_its_model_of_full_size()
    {
        string Inner(int units) => Encoding.UTF8.GetString(NamFile.Of("LSTM", $$"""{"input_size": 1, "hidden_size": {{units}}, "num_layers": 1}""", (4 * units * (1 + units)) + (4 * units) + (2 * units) + units + 1).Bytes);
        string container = $$$"""{"version": "0.7.0", "architecture": "SlimmableContainer", "config": {"submodels": [{"max_value": 0.5, "model": {{{Inner(2)}}}}, {"max_value": 1.0, "model": {{{Inner(3)}}}}]}, "weights": []}""";
        ModelDescription model = Read(new ModelFile("test.nam", Encoding.UTF8.GetBytes(container)));
        Assert.Equal(3, model.Layers[0].OutputSize);
        Assert.StartsWith("The file holds 2 models", model.Notes[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LSTM", """{"input_size": 1, "hidden_size": 1, "num_layers": 1}""", "weights: expected 16, as many as the configuration has parameters, got 17", 17)]
    [InlineData("LSTM", """{"input_size": 1, "hidden_size": 1, "num_layers": 1}""", "weights: expected 1 for the head from 15 on, got 0", 15)]
    [InlineData("LSTM", """{"input_size": 1, "hidden_size": 1, "num_layers": 1, "train_burn_in": 4}""", "config: expected no members but input_size", 16)]
    [InlineData("LSTM", """{"input_size": 1, "hidden_size": 1000000, "num_layers": 1}""", "weights: expected 4000004000000 for LSTM layer 0 from 0 on, got 16", 16)]
    [InlineData("CatLSTM", "{}", "CatLSTM \"architecture\": expected LSTM, WaveNet, ConvNet, Linear or SlimmableContainer", 1)]
    [InlineData("WaveNet", """{"layers": [{ARRAY, "head_size": 1, "head_bias": true, "activation": "Fasttanh"}], "head": null, "head_scale": 1}""", "Fasttanh \"layers[0]\": expected the activation Tanh", 1)]
    [InlineData("WaveNet", """{"layers": [{ARRAY, "head_size": 1, "head_bias": true, "activation": "Tanh", "gating_mode": "blended"}], "head": null, "head_scale": 1}""", "gating_mode \"layers[0]\": it is \"blended\", expected gated or none", 1)]
    [InlineData("WaveNet", """{"layers": [{ARRAY, "head_size": 1, "head_bias": true, "activation": "Tanh", "conv_pre_film": {"active": true}}], "head": null, "head_scale": 1}""", "conv_pre_film \"layers[0]\": it is active", 1)]
    [InlineData("WaveNet", """{"layers": [{ARRAY, "head_size": 1, "head_bias": true, "activation": "Tanh", "groups_input": 2}], "head": null, "head_scale": 1}""", "groups_input \"layers[0]\": it has 2 groups, expected 1", 1)]
    [InlineData("WaveNet", """{"layers": [{ARRAY, "head_size": 1, "head_bias": true, "activation": "Tanh", "dropout": 2}], "head": null, "head_scale": 1}""", "config.layers[0]: expected no members but input_size", 1)]
    [InlineData("WaveNet", """{"layers": [], "head": null, "head_scale": 1, "condition_dsp": {}}""", "condition_dsp \"config\": a network that computes the condition of another one is not supported", 1)]
    public void What_is_not_understood_is_refused(string architecture, string config, string message, int count)
    {
        ModelFile file = NamFile.Of(architecture, config.Replace("ARRAY", Array, StringComparison.Ordinal), count);
        Assert.StartsWith(message, Assert.ThrowsAny<FormatException>(() => Read(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.4.9")]
    [InlineData("0.8.0")]
    [InlineData("1.0.0")]
    [InlineData("0.5")]
    [InlineData("0.5.x")]
    public void Versions_that_are_not_known_are_refused(string version)
    {
        string text = Encoding.UTF8.GetString(NamFile.Of("Linear", """{"receptive_field": 1, "bias": false}""", 1).Bytes);
        Assert.Equal("Neural Amp Modeler 0.5.4, Linear", Read(new ModelFile("test.nam", Encoding.UTF8.GetBytes(text))).Source);
        byte[] other = Encoding.UTF8.GetBytes(text.Replace("0.5.4", version, StringComparison.Ordinal));
        Assert.StartsWith("version: expected a version from 0.5.0 to 0.7, got ", Assert.Throws<FormatException>(() => Read(new ModelFile("test.nam", other))).Message, StringComparison.Ordinal);
    }

    private static void AssertEquations(ModelFile file, ModelDescription model, int steps)
    {
        float[] input = Input(steps);
        float[] actual = System.Array.ConvertAll(new ModelEvaluator(model).Run(input), value => (float)value);
        Cli.Verification.ModelVerifier.Compare("evaluator", new WaveNetReference(file.Bytes).Run(input), actual, 1e-6);
    }

    private static double Correlation(float[] one, float[] other)
    {
        double first = one.Average(), second = other.Average();
        double product = one.Zip(other, (left, right) => (left - first) * (right - second)).Sum();
        return product / Math.Sqrt(one.Sum(value => (value - first) * (value - first)) * other.Sum(value => (value - second) * (value - second)));
    }

    private static float[] Input(int steps)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, steps).Select(_ => (2 * random.NextSingle()) - 1)];
    }

    private static ModelDescription Read(ModelFile file) => ModelFormats.Read(file, ImportOptions.Default);
}
