using System.Text;
using System.Text.Json;

namespace RnnGen.Formats.Tests;

/// <summary>The files of GuitarML and its relatives, and of AIDA-X.</summary>
public sealed class GuitarFormatTests
{
    /// <summary>The outputs are those of double precision, written as singles: the compiled network alone has roundings of its own.</summary>
    [SkippableTheory]
    [InlineData("gru4_ts9_pytorch", "neuralseed_models_gru4_ts9_pytorch")]
    [InlineData("gru8_ts9_pytorch", "neuralseed_models_gru8_ts9_pytorch")]
    [InlineData("lstm4_ts9_pytorch", "neuralseed_models_lstm4_ts9_pytorch")]
    [InlineData("lstm8_ts9_pytorch", "neuralseed_models_lstm8_ts9_pytorch")]
    [InlineData("ts9_gru7_gain10_loss003_TEST", "neuralseed_models_ts9_gru7_gain10_loss003_TEST")]
    public void Pedals_sound_as_recorded(string file, string output)
    {
        using Imported imported = Imported.Shared("models", "guitar", "neuralseed", file + ".json");
        Assert.IsType<SkipAttribute>(imported.Model.Layers[^1].Attribute);
        Recorded.AssertOutputs(imported, Recorded.Singles("models", "guitar", "neuralseed", "input_8000.f32"), Recorded.Singles("models", "guitar", "neuralseed", output + ".f32"), 1e-6, 5e-6);
    }

    [Fact]
    public void Several_layers_and_knobs_are_read_and_skip_is_the_sample()
    {
        ModelDescription model = Read(GuitarMl("\"unit_type\": \"GRU\", \"input_size\": 2, \"num_layers\": 2, \"skip\": 1", Recurrent("rec", 0, 3, 2, 2) + Recurrent("rec", 1, 3, 2, 2)));
        Assert.Equal(["Gru", "Gru", "Dense", "Skip"], model.Layers.Select(layer => LayerNames.Kind(layer.Attribute)));
        ModelDescription without = Read(GuitarMl("\"unit_type\": \"GRU\", \"input_size\": 2, \"num_layers\": 2, \"skip\": 0", Recurrent("rec", 0, 3, 2, 2) + Recurrent("rec", 1, 3, 2, 2)));
        double[] input = new ModelEvaluator(model).Run([0.5f, 0.25f, -0.5f, 0.25f]), none = new ModelEvaluator(without).Run([0.5f, 0.25f, -0.5f, 0.25f]);
        Assert.Equal([0.5, -0.5], input.Zip(none, (with, plain) => Math.Round(with - plain, 12)));
    }

    [Theory]
    [InlineData("\"unit_type\": \"LSTM\", \"input_size\": 1, \"skip\": 2", "skip \"model_data\": it adds 2 of 1 inputs to 1 outputs")]
    [InlineData("\"unit_type\": \"SRU\", \"input_size\": 1", "SRU \"rec\": expected the unit LSTM, GRU or RNN")]
    [InlineData("\"unit_type\": \"LSTM\", \"input_size\": 2", "state_dict.rec.weight_ih_l0[0]: expected an array of 2, got an array of 1")]
    [InlineData("\"unit_type\": \"LSTM\", \"input_size\": 1, \"num_layers\": 2", "state_dict: expected a tensor \"rec.weight_ih_l1\", got none")]
    [InlineData("\"unit_type\": \"LSTM\", \"input_size\": 1, \"bias_fl\": false", "model_data: expected a bias_fl of true, with a lin.bias, got false")]
    [InlineData("\"unit_type\": \"LSTM\", \"input_size\": 1, \"dropout\": 0.5", "model_data: expected no members but model, input_size")]
    [InlineData("\"unit_type\": \"LSTM\", \"input_size\": 1, \"model\": \"ConvSimpleRNN\"", "ConvSimpleRNN \"model_data\": expected the model SimpleRNN")]
    [InlineData("\"unit_type\": \"GRU\", \"input_size\": 1", "state_dict.rec.weight_ih_l0: expected an array of 6, got an array of 8")]
    public void What_is_not_understood_is_refused(string data, string message) =>
        Assert.StartsWith(message, Assert.ThrowsAny<FormatException>(() => Read(GuitarMl(data, Recurrent("rec", 0, 4, 2, 1)))).Message, StringComparison.Ordinal);

    /// <summary>A file whose recording is computed here: that of the layers with gains of 1 and knobs at 0.</summary>
    [Theory]
    [InlineData("", 1, false, 1, 1)]
    [InlineData("\"in_skip\": 1, ", 1, true, 1, 1)]
    [InlineData("\"in_skip\": 1, \"in_gain\": 6.0205999, \"out_gain\": -6.0205999, ", 1, true, 2, 0.5)]
    [InlineData("\"in_gain\": 6.0205999, \"out_gain\": -6.0205999, ", 2, false, 2, 0.5)]
    [InlineData("\"in_skip\": 1, \"in_gain\": -6.0205999, ", 2, true, 0.5, 1)]
    public void Gains_and_skip_of_AidaX_are_its_player_s(string options, int inputs, bool skips, double gainIn, double gainOut)
    {
        string layers = $$"""
            "layers": [
              {"type": "gru", "activation": "", "shape": [null, null, 2], "weights": {{Json(Enumerable.Range(0, inputs).Select(row => Values(6, row)), Values(6, 7, 2), Values(6, 3, 2))}}},
              {"type": "dense", "activation": "", "shape": [null, null, 1], "weights": [[[0.5], [-0.75]], [0.125]]}]
            """;
        ModelDescription plain = Read($$"""{"in_shape": [null, null, {{inputs}}], {{layers}}}""");
        Assert.Equal("RTNeural JSON", plain.Source);
        float[] samples = [0.5f, -0.25f, 0.75f, 0.1f], frames = new float[samples.Length * inputs];
        for (int step = 0; step < samples.Length; step++)
            frames[step * inputs] = samples[step];
        double[] batch = [.. new ModelEvaluator(plain).Run(frames).Zip(samples, (value, sample) => value + (skips ? sample : 0))];
        ModelDescription model = Read($$"""{"in_shape": [null, null, {{inputs}}], {{options}}{{layers}}, "input_batch": {{JsonSerializer.Serialize(samples)}}, "output_batch": {{JsonSerializer.Serialize(batch)}}}""");
        Assert.Equal("AIDA-X JSON", model.Source);
        Recording recording = Assert.Single(model.Recordings);
        Cli.Verification.ModelVerifier.Compare("recording", new ModelEvaluator(model).Run(recording.Input), recording.Output, recording.Tolerance);

        // With a knob that is not at 0: gain_out (y + gain_in x), where the knob has no gain.
        float[] input = [.. frames.Select((value, index) => index % inputs == 0 ? value : 0.5f)], scaled = [.. input.Select((value, index) => index % inputs == 0 ? (float)gainIn * value : value)];
        double[] network = new ModelEvaluator(plain).Run(scaled), output = new ModelEvaluator(model).Run(input);
        for (int step = 0; step < samples.Length; step++)
            Assert.Equal(gainOut * (network[step] + (skips ? gainIn * samples[step] : 0)), output[step], 1e-6);
    }

    [Fact]
    public void A_recording_that_a_file_contradicts_is_found()
    {
        const string File = """
            {"in_shape": [null, null, 1], "layers": [{"type": "dense", "activation": "tanh", "shape": [null, null, 1], "weights": [[[2]], [0]]}],
             "input_batch": [0.5, 0.25], "output_batch": [0.7615942, 0.47]}
            """;
        Assert.Contains("the file's own input_batch", Assert.Throws<FormatException>(() => Imported.Of(Read(File)).Dispose()).Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Read(File.Replace(", 0.47", "", StringComparison.Ordinal)));
    }

    private static string GuitarMl(string data, string tensors) =>
        $$$"""{"model_data": {"hidden_size": 2, {{{data}}}}, "state_dict": {{{{tensors}}}"lin.weight": [[0.5, -0.5]], "lin.bias": [0.1]}}""";

    private static string Recurrent(string name, int layer, int gates, int units, int inputs) =>
        $"\"{name}.weight_ih_l{layer}\": {JsonSerializer.Serialize(Values(inputs, 1, gates * units))}, \"{name}.weight_hh_l{layer}\": {JsonSerializer.Serialize(Values(units, 2, gates * units))}, "
        + $"\"{name}.bias_ih_l{layer}\": {JsonSerializer.Serialize(Values(gates * units, 3))}, \"{name}.bias_hh_l{layer}\": {JsonSerializer.Serialize(Values(gates * units, 4))}, ";

    private static float[] Values(int count, int seed) => [.. Enumerable.Range(0, count).Select(index => (((index * 7) + (seed * 5)) % 11 * 0.15f) - 0.75f)];

    private static float[][] Values(int count, int seed, int rows) => [.. Enumerable.Range(0, rows).Select(row => Values(count, seed + row))];

    private static string Json(params object[] values) => JsonSerializer.Serialize(values);

    private static ModelDescription Read(string text) => ModelFormats.Read(new ModelFile("test.json", Encoding.UTF8.GetBytes(text)), ImportOptions.Default);
}
