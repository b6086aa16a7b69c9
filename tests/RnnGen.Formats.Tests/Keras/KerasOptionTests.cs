using System.Text.Json.Nodes;

namespace RnnGen.Formats.Tests.Keras;

/// <summary>Options of layers: what they become, and which are refused.</summary>
public sealed class KerasOptionTests
{
    private static readonly NamedTensor[] DenseWeights = [InMemory.Weight(1, 3, 2), InMemory.Weight(2, 2)];

    [Theory]
    [InlineData("LSTM", "go_backwards", "true", "reversed time order")]
    [InlineData("LSTM", "return_state", "true", "returns its state")]
    [InlineData("LSTM", "time_major", "true", "its time_major is true, expected false")]
    [InlineData("LSTM", "activation", "\"softmax\"", "cannot be that of a recurrent layer")]
    [InlineData("LSTM", "activation", "\"mish\"", "is not one of RnnGen's")]
    [InlineData("LSTM", "activation", "{\"class_name\": \"function\", \"module\": \"mine\", \"config\": \"tanh\"}", "of the module \"mine\"")]
    [InlineData("LSTM", "peephole", "true", "its option \"peephole\" is not known")]
    [InlineData("LSTM", "dtype", "\"int8\"", "its dtype is \"int8\"")]
    public void Options_of_recurrent_layers_that_change_what_they_compute_are_refused(string kind, string option, string value, string reason)
    {
        JsonObject options = Lstm();
        options[option] = JsonNode.Parse(value);
        var refusal = Assert.Throws<UnsupportedLayerException>(() => InMemory.Sequential(2, [null, null, 3], (kind, options, LstmWeights())));
        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
        Assert.Equal("the one", refusal.Layer);
    }

    [Theory]
    [InlineData("Dense", """{"units": 2, "activation": "linear", "lora_rank": 4}""", "low-rank")]
    [InlineData("Dense", """{"units": 2, "activation": "log_softmax"}""", "is not one of RnnGen's")]
    [InlineData("Conv1D", """{"filters": 2, "kernel_size": [3], "strides": [2], "padding": "causal", "activation": "relu"}""", "its stride is 2")]
    [InlineData("Conv1D", """{"filters": 2, "kernel_size": [3], "groups": 3, "padding": "causal", "activation": "relu"}""", "it has 3 groups")]
    [InlineData("Conv1D", """{"filters": 2, "kernel_size": [3], "data_format": "channels_first", "activation": "relu"}""", "channels_first")]
    [InlineData("LayerNormalization", """{"axis": [1]}""", "its axis is 1")]
    [InlineData("LayerNormalization", """{"axis": -1, "rms_scaling": true}""", "rms_scaling")]
    [InlineData("BatchNormalization", """{"axis": 1}""", "its axis is 1")]
    [InlineData("BatchNormalization", """{"axis": -1, "mode": 2}""", "its mode is 2")]
    [InlineData("ReLU", """{"threshold": 1.0}""", "threshold 1")]
    [InlineData("PReLU", "{}", "RnnGen has no such layer")]
    [InlineData("Flatten", "{}", "any number of steps")]
    [InlineData("RepeatVector", """{"n": 3}""", "it repeats a vector 3 times")]
    [InlineData("GlobalMaxPooling1D", """{"keepdims": true}""", "keepdims")]
    [InlineData("MaxPooling1D", """{"pool_size": 2}""", "RnnGen has no such layer")]
    [InlineData("Bidirectional", """{"merge_mode": null, "layer": {"class_name": "GRU", "config": {"units": 2, "activation": "tanh", "recurrent_activation": "sigmoid"}}}""", "merge_mode is null")]
    [InlineData("Bidirectional", """
        {"merge_mode": "sum", "layer": {"class_name": "GRU", "config": {"units": 2, "activation": "tanh", "recurrent_activation": "sigmoid"}},
         "backward_layer": {"class_name": "GRU", "config": {"units": 2, "activation": "relu", "recurrent_activation": "sigmoid", "go_backwards": true}}}
        """, "its backward and forward layers have different options")]
    public void Layers_that_cannot_be_expressed_are_refused(string kind, string options, string reason)
    {
        var refusal = Assert.Throws<UnsupportedLayerException>(() => InMemory.Sequential(3, [null, null, 3], (kind, JsonNode.Parse(options)!.AsObject(), [])));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, Activation.HardSigmoidOnnx)]
    [InlineData(2, Activation.HardSigmoidOnnx)]
    [InlineData(3, Activation.HardSigmoid)]
    public void Hard_sigmoid_is_that_of_its_version(int version, Activation expected)
    {
        JsonObject options = Lstm();
        options["recurrent_activation"] = "hard_sigmoid";
        Assert.Equal(expected, ((LstmAttribute)InMemory.Sequential(version, [null, null, 3], ("LSTM", options, LstmWeights())).Layers[0].Attribute).GateActivation);
        Assert.Throws<UnsupportedLayerException>(() => InMemory.Sequential(0, [null, null, 3], ("LSTM", options, LstmWeights())));
    }

    [Fact]
    public void Batch_normalization_is_folded_into_a_dense_layer()
    {
        NamedTensor gamma = InMemory.Weight(3, 2), beta = InMemory.Weight(4, 2), mean = InMemory.Weight(5, 2), variance = new("v", [2], [0.5f, 2f]);
        ModelDescription model = InMemory.Sequential(
            3, [null, null, 3], ("Dense", new JsonObject { ["units"] = 2, ["activation"] = "linear" }, DenseWeights), ("BatchNormalization", new JsonObject { ["axis"] = -1, ["epsilon"] = 0.25 }, [gamma, beta, mean, variance]),
            ("Activation", new JsonObject { ["activation"] = "tanh" }, []));
        Assert.Equal("Dense(2, Activation.Tanh)", AttributeText.Of(Assert.Single(model.Layers).Attribute));
        double[] actual = new ModelEvaluator(model).Run([0.3f, -0.7f, 0.9f]);
        for (int unit = 0; unit < 2; unit++)
        {
            double sum = DenseWeights[1].Values[unit] + (0.3f * DenseWeights[0].Values[unit]) + (-0.7f * DenseWeights[0].Values[2 + unit]) + (0.9f * DenseWeights[0].Values[4 + unit]);
            double expected = Math.Tanh((gamma.Values[unit] * (sum - mean.Values[unit]) / Math.Sqrt(variance.Values[unit] + 0.25)) + beta.Values[unit]);
            Assert.Equal(expected, actual[unit], 1e-6);
        }
    }

    [Fact]
    public void Layer_normalization_has_the_epsilon_of_the_file()
    {
        NamedTensor gamma = InMemory.Weight(3, 3), beta = InMemory.Weight(4, 3);
        ModelDescription model = InMemory.Sequential(3, [null, null, 3], ("LayerNormalization", new JsonObject { ["axis"] = -1, ["epsilon"] = 0.01 }, [gamma, beta]));
        double[] x = [0.1f, -0.05f, 0.2f], actual = new ModelEvaluator(model).Run([0.1f, -0.05f, 0.2f]);
        double mean = x.Average(), variance = x.Average(value => (value - mean) * (value - mean));
        for (int at = 0; at < 3; at++)
            Assert.Equal((gamma.Values[at] * (x[at] - mean) / Math.Sqrt(variance + 0.01)) + beta.Values[at], actual[at], 1e-6);
    }

    [Fact]
    public void A_dense_layer_over_flattened_steps_sees_each_step_by_its_own_weights()
    {
        NamedTensor kernel = InMemory.Weight(3, 6, 2), bias = InMemory.Weight(4, 2);
        ModelDescription model = InMemory.Sequential(2, [null, 3, 2], ("Flatten", [], []), ("Dense", new JsonObject { ["units"] = 2, ["activation"] = "linear" }, [kernel, bias]));
        float[] x = [0.1f, 0.2f, -0.3f, 0.4f, 0.5f, -0.6f];
        double[] actual = new ModelEvaluator(model).Run(x);
        for (int unit = 0; unit < 2; unit++)
            Assert.Equal(bias.Values[unit] + x.Select((value, at) => (double)value * kernel.Values[(at * 2) + unit]).Sum(), actual[unit], 1e-6);
    }

    [Fact]
    public void Weights_of_CuDNN_layers_give_what_the_plain_layer_gives()
    {
        // The plain kernel of each gate, transposed in memory under the same shape, is cuDNN's; its recurrent kernel is transposed; both biases are there.
        const int inputs = 3, units = 2, gates = 3;
        NamedTensor kernel = InMemory.Weight(1, inputs, gates * units), recurrent = InMemory.Weight(2, units, gates * units), bias = InMemory.Weight(3, 2, gates * units);
        JsonObject plain = new() { ["units"] = units, ["activation"] = "tanh", ["recurrent_activation"] = "sigmoid", ["reset_after"] = true, ["return_sequences"] = true };
        JsonObject cudnn = new() { ["units"] = units, ["return_sequences"] = true };
        float[] x = [0.1f, 0.2f, -0.3f, 0.4f, 0.5f, -0.6f];
        double[] expected = new ModelEvaluator(InMemory.Sequential(2, [null, null, inputs], ("GRU", plain, [kernel, recurrent, bias]))).Run(x);
        double[] actual = new ModelEvaluator(InMemory.Sequential(
            2, [null, null, inputs], ("CuDNNGRU", cudnn, [Cudnn(kernel, inputs), Cudnn(recurrent, units), new NamedTensor("b", [2 * gates * units], bias.Values)]))).Run(x);
        Assert.Equal(expected, actual);

        static NamedTensor Cudnn(NamedTensor kernel, int inputs)
        {
            float[] values = new float[kernel.Values.Length];
            for (int gate = 0; gate < gates; gate++)
                for (int input = 0; input < inputs; input++)
                    for (int unit = 0; unit < units; unit++)
                    {
                        int flat = (unit * inputs) + input;
                        values[(flat / units * gates * units) + (gate * units) + (flat % units)] = kernel.Values[(input * gates * units) + (gate * units) + unit];
                    }

            return new NamedTensor("k", kernel.Shape, values);
        }
    }

    [Fact]
    public void Weights_that_are_left_over_are_refused()
    {
        NamedTensor[] weights = [.. DenseWeights, InMemory.Weight(3, 2)];
        Assert.Contains("expected 2 weights, got 3", Assert.Throws<FormatException>(() => InMemory.Sequential(3, [null, null, 3], ("Dense", new JsonObject { ["units"] = 2, ["activation"] = "linear" }, weights))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mask_is_for_all_layers_or_none()
    {
        JsonObject graph = JsonNode.Parse("""
            {"class_name": "Functional", "config": {"layers": [
              {"class_name": "InputLayer", "name": "in", "config": {"batch_shape": [null, null, 3]}, "inbound_nodes": []},
              {"class_name": "Masking", "name": "mask", "config": {"mask_value": 0.0}, "inbound_nodes": [[["in", 0, 0, {}]]]},
              {"class_name": "SimpleRNN", "name": "one", "config": {"units": 2, "activation": "tanh"}, "inbound_nodes": [[["mask", 0, 0, {}]]]},
              {"class_name": "SimpleRNN", "name": "two", "config": {"units": 2, "activation": "tanh"}, "inbound_nodes": [[["in", 0, 0, {}]]]},
              {"class_name": "Add", "name": "sum", "config": {}, "inbound_nodes": [[["one", 0, 0, {}], ["two", 0, 0, {}]]]}],
             "input_layers": [["in", 0, 0]], "output_layers": [["sum", 0, 0]]}}
            """)!.AsObject();
        NamedTensor[] rnn = [InMemory.Weight(1, 3, 2), InMemory.Weight(2, 2, 2), InMemory.Weight(3, 2)];
        Assert.Contains("one mask for all", Assert.Throws<UnsupportedLayerException>(() => InMemory.Read(2, graph, [], rnn, rnn, [])).Message, StringComparison.Ordinal);
        graph["config"]!["layers"]![3]!["inbound_nodes"] = JsonNode.Parse("""[[["mask", 0, 0, {}]]]""");
        Assert.Equal(5, InMemory.Read(2, graph, [], rnn, rnn, []).Layers.Count);
        graph["config"]!["layers"]![3]!["inbound_nodes"] = JsonNode.Parse("""[[["mask", 0, 0, {"initial_state": ["one", 0, 0]}]]]""");
        Assert.Contains("initial_state", Assert.Throws<UnsupportedLayerException>(() => InMemory.Read(2, graph, [], rnn, rnn, [])).Message, StringComparison.Ordinal);
    }

    private static JsonObject Lstm() => new() { ["name"] = "the one", ["units"] = 2, ["activation"] = "tanh", ["recurrent_activation"] = "sigmoid", ["return_sequences"] = true };

    private static NamedTensor[] LstmWeights() => [InMemory.Weight(1, 3, 8), InMemory.Weight(2, 2, 8), InMemory.Weight(3, 8)];
}
