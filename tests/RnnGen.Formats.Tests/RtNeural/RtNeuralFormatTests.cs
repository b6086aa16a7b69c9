using System.Text;

namespace RnnGen.Formats.Tests;

/// <summary>RTNeural's files of Keras and PyTorch models.</summary>
public sealed class RtNeuralFormatTests
{
    /// <summary>The outputs are those of single precision. RTNeural itself allows 1e-6, and 5e-6 of GRUs.</summary>
    [SkippableTheory]
    [InlineData("dense", "Dense, Dense, Dense, Dense, Dense, Dense, Dense, Dense")]
    [InlineData("gru", "Dense, Gru, Dense, Dense")]
    [InlineData("gru_1d", "Gru, Dense, Dense")]
    [InlineData("lstm", "Dense, Lstm, Dense")]
    [InlineData("lstm_1d", "Lstm, Dense")]
    [InlineData("gru_torch", "Gru, Gru, Gru, Gru, Dense")]
    [InlineData("lstm_torch", "Lstm, Lstm, Lstm, Lstm, Dense")]
    public void Outputs_are_those_of_the_framework(string file, string layers)
    {
        using Imported imported = Imported.Shared("models", "rtneural", file + ".json");
        Assert.Equal(layers, string.Join(", ", imported.Model.Layers.Select(layer => LayerNames.Kind(layer.Attribute))));
        Recorded.AssertOutputs(imported, Recorded.Lines("models", "rtneural", file + "_x_python.csv"), Recorded.Lines("models", "rtneural", file + "_y_python.csv"), 1e-6, 1e-6);
    }

    [SkippableFact]
    public void A_shape_that_the_weights_contradict_is_refused()
    {
        string path = RnnGen.Tests.SharedFolder.Get("models", "rtneural", "bad_lstm.json");
        string message = Assert.Throws<FormatException>(() => ModelFormats.Read(path)).Message;
        Assert.Equal("layers[0].weights[0]: expected 64 columns, 4 gates of the 16 units that the layer's shape states, got 80", message);
    }

    [Fact]
    public void Convolutions_have_the_oldest_step_first_and_groups_read_their_own_inputs()
    {
        ModelDescription model = Read("""
            {"in_shape": [null, null, 2], "layers": [
              {"type": "conv1d", "activation": "", "shape": [null, null, 2], "kernel_size": [2], "dilation": [3], "groups": 2, "weights": [[[[10, 20]], [[1, 2]]], [0.5, 0.25]]}]}
            """);
        double[] output = new ModelEvaluator(model).Run([1, 2, 0, 0, 0, 0, 3, 4]);
        Assert.Equal([1.5, 4.25, 0.5, 0.25, 0.5, 0.25, 10 + 3 + 0.5, 40 + 8 + 0.25], output);
    }

    [Fact]
    public void Batch_normalisation_becomes_a_part_of_the_layer_in_front_or_a_layer()
    {
        const string Normalization = """{"type": "batchnorm", "activation": "", "shape": [null, null, 2], "epsilon": 0.0, "weights": [[2, 3], [0.5, 0], [1, 2], [4, 9]]}""";
        ModelDescription folded = Read($$"""
            {"in_shape": [null, null, 1], "layers": [{"type": "dense", "activation": "", "shape": [null, null, 2], "weights": [[[1, 2]]]}, {{Normalization}}, {"type": "activation", "activation": "relu", "shape": [null, null, 2], "weights": []}]}
            """);
        Assert.Equal([3.5, 6], new ModelEvaluator(folded).Run([4]));
        Assert.Single(folded.Layers);
        ModelDescription alone = Read($$"""{"in_shape": [null, null, 2], "layers": [{{Normalization}}]}""");
        Assert.Equal([3.5, 6], new ModelEvaluator(alone).Run([4, 8]));
    }

    [Theory]
    [InlineData("[[0.25]]", "0.25, 0.25, 0.25")]
    [InlineData("[[0.25, 0.25, 0.25]]", "0.25, 0.25, 0.25")]
    [InlineData("[[0.25, -0.5, 0]]", "0.25, -0.5, 0")]
    [InlineData("[[0, 0, 0]]", "0, 0, 0")]
    public void Slopes_below_0_are_one_or_a_channel_s_own(string weights, string slopes)
    {
        ModelDescription model = Read($$"""{"in_shape": [null, 3], "layers": [{"type": "prelu", "shape": [null, 3], "weights": [{{weights}}]}]}""");
        double[] expected = [.. slopes.Split(',').Select(slope => -2 * double.Parse(slope, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(expected, new ModelEvaluator(model).Run([-2, -2, -2]));
        Assert.Equal([2, 3, 4], new ModelEvaluator(model).Run([2, 3, 4]));
    }

    [Theory]
    [InlineData("""{"type": "dense", "activation": "softplus", "shape": [null, 1], "weights": [[[1]]]}""", "dense \"layers[0]\": its activation is \"softplus\", expected none, tanh, relu, sigmoid, softmax, elu")]
    [InlineData("""{"type": "dense", "shape": [null, 1], "weights": [[[1]]], "trainable": 1}""", "dense \"layers[0]\": it has a member \"trainable\"")]
    [InlineData("""{"type": "unknown", "shape": [null, 1], "weights": []}""", "unknown \"layers[0]\": expected dense, time-distributed-dense")]
    [InlineData("""{"type": "conv2d", "shape": [null, 1], "weights": []}""", "conv2d \"layers[0]\": expected dense, time-distributed-dense")]
    [InlineData("""{"type": "activation", "activation": "", "shape": [null, 1], "weights": []}""", "activation \"layers[0]\": the file does not say which function it is")]
    [InlineData("""{"type": "lstm", "activation": "relu", "shape": [null, 1], "weights": []}""", "lstm \"layers[0]\": its activation is \"relu\", expected tanh")]
    [InlineData("""{"type": "gru", "activation": "", "shape": [null, 1], "weights": [[[1, 1, 1]], [[1, 1, 1]], [1, 1, 1]]}""", "layers[0].weights[2]: expected an array of 2, got an array of 3")]
    [InlineData("""{"type": "gru", "activation": "", "shape": [null, 1], "weights": [[[1, 1, 1]], [[1, 1, 1]]]}""", "layers[0].weights: expected an array of 3, got an array of 2")]
    [InlineData("""{"type": "dense", "shape": [null, 1], "weights": [[[1], [2]]]}""", "layers[0].weights[0]: expected an array of 1, got an array of 2")]
    [InlineData("""{"type": "dense", "shape": [null, 0], "weights": [[[]]]}""", "layers[0].shape[1]: expected an integer of at least 1, got 0")]
    [InlineData("""{"type": "dense", "shape": [null, 4, 4, 1], "weights": [[[1]]]}""", "dense \"layers[0]\": its shape has 4 dimensions, expected batch, time and features")]
    [InlineData("""{"type": "prelu", "shape": [null, 2], "weights": [[[1, 1]]]}""", "layers[0].shape: expected a last size of 1, that of what the layer reads, got 2")]
    [InlineData("""{"type": "batchnorm", "shape": [null, 1], "epsilon": 0.001, "weights": [[1], [1], [1]]}""", "layers[0].weights: expected 2 arrays, mean and variance, or 4 with γ and β in front, got 3")]
    [InlineData("""{"type": "batchnorm", "shape": [null, 1], "epsilon": 0.001, "weights": [[1], [-1]]}""", "batch normalisation: expected a variance above −ε, got -1 at 0")]
    [InlineData("""{"type": "conv1d", "shape": [null, 1], "kernel_size": [1], "dilation": [1], "strides": [2], "weights": [[[[1]]], [0]]}""", "conv1d \"layers[0]\": it has a member \"strides\"")]
    [InlineData("""{"type": "conv1d", "shape": [null, 1], "kernel_size": [1], "dilation": [1], "groups": 2, "weights": [[[[1]]], [0]]}""", "layers[0]: expected groups that divide 1 inputs and 1 outputs, got 2")]
    public void What_a_layer_must_not_have_is_refused(string layer, string message) =>
        Assert.StartsWith(message, Assert.ThrowsAny<FormatException>(() => Read($$"""{"in_shape": [null, 1], "layers": [{{layer}}]}""")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"in_shape": [null, 1], "layers": []}""", "expected at least one layer, got none")]
    [InlineData("""{"in_shape": [null, 1], "layers": [], "optimizer": 1}""", "the file: expected no members but in_shape, layers, metadata")]
    [InlineData("""{"lin.weight": [[1]], "lin.bias": [1, 2, [3]]}""", "lin.bias[2]: expected a finite number, got an array of 1")]
    public void A_file_of_another_structure_is_refused(string file, string message) =>
        Assert.StartsWith(message, Assert.ThrowsAny<FormatException>(() => Read(file)).Message, StringComparison.Ordinal);

    /// <summary>Keras's "valid" padding, which the file does not name.</summary>
    [Fact]
    public void A_layer_that_changes_the_number_of_steps_is_refused()
    {
        const string File = """{"in_shape": [null, 8, 1], "layers": [{"type": "conv1d", "shape": [null, 6, 1], "kernel_size": [3], "dilation": [1], "weights": [[[[1]], [[1]], [[1]]], [0]]}]}""";
        Assert.Equal("conv1d \"layers[0]\": it makes 6 steps from 8, expected one output per step", Assert.Throws<UnsupportedLayerException>(() => Read(File)).Message);
        Assert.Equal([1, 3, 6], new ModelEvaluator(Read(File.Replace("6", "8", StringComparison.Ordinal))).Run([1, 2, 3]));
        Assert.Throws<UnsupportedLayerException>(() => Read(File.Replace("null, 8", "null, null", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_small_file_does_not_become_a_large_network()
    {
        string ones = string.Join(',', Enumerable.Repeat("1", 5000));
        string file = $$"""{"in_shape": [null, 5000], "layers": [{"type": "batchnorm", "shape": [null, 5000], "epsilon": 1, "weights": [[{{ones}}], [{{ones}}]]}]}""";
        Assert.StartsWith("batchnorm \"layers[0]\": it expands to more than the 4194304 zeros", Assert.Throws<UnsupportedLayerException>(() => Read(file)).Message, StringComparison.Ordinal);
    }

    private static ModelDescription Read(string text) => ModelFormats.Read(new ModelFile("test.json", Encoding.UTF8.GetBytes(text)), ImportOptions.Default);
}
