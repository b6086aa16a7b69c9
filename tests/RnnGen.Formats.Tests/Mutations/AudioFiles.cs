using System.Text;

namespace RnnGen.Formats.Tests;

/// <summary>Files of the audio formats that are damaged: small ones with every part that the format has, and those of others.</summary>
internal static class AudioFiles
{
    /// <summary>RTNeural's JSON, both dialects.</summary>
    public static IEnumerable<MutatedFile> RtNeural() =>
    [
        new("RTNeural", Written(RandomModel.Of(2, new DenseAttribute(3, Activation.LeakyRelu), new Conv1DAttribute(2, 2, Activation.Tanh), new LstmAttribute(2), new GruAttribute(2), new DenseAttribute(1))), 1500),
        new("RTNeural, batch normalisation", Text("""
            {"in_shape": [null, 2], "layers": [{"type": "conv1d", "activation": "relu", "shape": [null, 2], "kernel_size": [1], "dilation": [1], "groups": 2, "weights": [[[[1, 2]]], [0.5, 1]]},
             {"type": "batchnorm", "shape": [null, 2], "epsilon": 0.1, "weights": [[1, 2], [3, 4]]}, {"type": "prelu", "shape": [null, 2], "weights": [[[1, 2]]]}]}
            """), 1500),
        new("PyTorch state dict", Text("""{"rec.weight_ih_l0": [[1], [2], [3]], "rec.weight_hh_l0": [[1], [2], [3]], "rec.bias_ih_l0": [1, 2, 3], "rec.bias_hh_l0": [1, 2, 3], "lin.weight": [[0.5]], "lin.bias": [1]}"""), 1500),
        .. MutatedFile.Samples(60, "*.json", "rtneural"),
    ];

    /// <summary>JSON with a PyTorch state dict, and AIDA-X's.</summary>
    public static IEnumerable<MutatedFile> Guitar() =>
    [
        new("GuitarML", Text("""
            {"model_data": {"model": "SimpleRNN", "input_size": 1, "skip": 1, "output_size": 1, "unit_type": "GRU", "num_layers": 1, "hidden_size": 1, "bias_fl": true},
             "state_dict": {"rec.weight_ih_l0": [[1], [2], [3]], "rec.weight_hh_l0": [[1], [2], [3]], "rec.bias_ih_l0": [1, 2, 3], "rec.bias_hh_l0": [1, 2, 3], "lin.weight": [[0.5]], "lin.bias": [1]}}
            """), 1500),
        new("AIDA-X", Text("""
            {"in_shape": [null, null, 2], "in_skip": 1, "in_gain": 3.5, "out_gain": -2, "layers": [{"type": "dense", "activation": "tanh", "shape": [null, null, 1], "weights": [[[2], [3]], [0]]}],
             "input_batch": [0.5, 0.25], "output_batch": [0.7615942, 0.47], "metadata": {"name": "a test", "samplerate": "48000"}}
            """), 1500),
        .. MutatedFile.Samples(60, "*.json", "guitar", "neuralseed"),
    ];

    /// <summary>Neural Amp Modeler.</summary>
    public static IEnumerable<MutatedFile> Nam() =>
    [
        new("NAM, LSTM", NamFile.Of("LSTM", """{"input_size": 1, "hidden_size": 2, "num_layers": 2}""", (8 * 3) + 8 + 4 + (8 * 4) + 8 + 4 + 3).Bytes, 1500),
        new("NAM, WaveNet", NamFile.Of(
            "WaveNet",
            """
            {"layers": [{"input_size": 1, "condition_size": 1, "channels": 2, "kernel_size": 2, "dilations": [1, 2], "activation": "Tanh", "gated": true, "head_size": 2, "head_bias": false},
             {"input_size": 2, "condition_size": 1, "channels": 2, "bottleneck": 2, "kernel_sizes": [3], "dilations": [1], "activation": [{"type": "LeakyReLU", "negative_slope": 0.2}], "gating_mode": ["none"],
              "layer1x1": {"active": false, "groups": 1}, "head1x1": {"active": false, "out_channels": 1, "groups": 1}, "conv_pre_film": {"active": false}, "head": {"out_channels": 1, "kernel_size": 2, "bias": true}}],
             "head": null, "head_scale": 0.5}
            """,
            2 + (2 * (16 + 4 + 4 + 4 + 2)) + 4 + 4 + (12 + 2 + 2) + 4 + 1 + 1).Bytes, 1500),
        new("NAM, ConvNet", NamFile.Of("ConvNet", """{"channels": 1, "dilations": [1, 2], "batchnorm": false, "activation": "ReLU"}""", 3 + 3 + 2).Bytes, 1500),
        .. MutatedFile.Samples(60, "*.nam", "guitar"), .. MutatedFile.Samples(60, "*.nam", "wavenet"),
    ];

    /// <summary>RNNoise's weights, binary and text.</summary>
    public static IEnumerable<MutatedFile> Rnnoise() =>
    [
        new("RNNoise, binary", RnnoiseFile.Binary(), 1500),
        new("RNNoise, text", RnnoiseFile.Text(), 1500),
        .. MutatedFile.Samples(60, "*.rnn*", "rnnoise"),
    ];

    private static byte[] Written(ModelDescription model)
    {
        using var stream = new MemoryStream();
        new RtNeuralWriter().Write(model, stream);
        return stream.ToArray();
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
