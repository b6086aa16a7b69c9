using System.Text;
using RnnGen.Tests;

namespace RnnGen.Formats.Tests;

/// <summary>Damaged files of the audio formats: those that tests make, and, where they are, those of others.</summary>
public sealed class AudioMutationTests
{
    private static readonly Dictionary<string, Func<byte[]>> Made = new()
    {
        ["RTNeural"] = () => Written(RandomModel.Of(2, new DenseAttribute(3, Activation.LeakyRelu), new Conv1DAttribute(2, 2, Activation.Tanh), new LstmAttribute(2), new GruAttribute(2), new DenseAttribute(1))),
        ["RTNeural, batch normalisation"] = () => Text("""
            {"in_shape": [null, 2], "layers": [{"type": "conv1d", "activation": "relu", "shape": [null, 2], "kernel_size": [1], "dilation": [1], "groups": 2, "weights": [[[[1, 2]]], [0.5, 1]]},
             {"type": "batchnorm", "shape": [null, 2], "epsilon": 0.1, "weights": [[1, 2], [3, 4]]}, {"type": "prelu", "shape": [null, 2], "weights": [[[1, 2]]]}]}
            """),
        ["PyTorch state dict"] = () => Text("""{"rec.weight_ih_l0": [[1], [2], [3]], "rec.weight_hh_l0": [[1], [2], [3]], "rec.bias_ih_l0": [1, 2, 3], "rec.bias_hh_l0": [1, 2, 3], "lin.weight": [[0.5]], "lin.bias": [1]}"""),
        ["GuitarML"] = () => Text("""
            {"model_data": {"model": "SimpleRNN", "input_size": 1, "skip": 1, "output_size": 1, "unit_type": "GRU", "num_layers": 1, "hidden_size": 1, "bias_fl": true},
             "state_dict": {"rec.weight_ih_l0": [[1], [2], [3]], "rec.weight_hh_l0": [[1], [2], [3]], "rec.bias_ih_l0": [1, 2, 3], "rec.bias_hh_l0": [1, 2, 3], "lin.weight": [[0.5]], "lin.bias": [1]}}
            """),
        ["AIDA-X"] = () => Text("""
            {"in_shape": [null, null, 2], "in_skip": 1, "in_gain": 3.5, "out_gain": -2, "layers": [{"type": "dense", "activation": "tanh", "shape": [null, null, 1], "weights": [[[2], [3]], [0]]}],
             "input_batch": [0.5, 0.25], "output_batch": [0.7615942, 0.47], "metadata": {"name": "a test", "samplerate": "48000"}}
            """),
        ["NAM, LSTM"] = () => NamFile.Of("LSTM", """{"input_size": 1, "hidden_size": 2, "num_layers": 2}""", (8 * 3) + 8 + 4 + (8 * 4) + 8 + 4 + 3).Bytes,
        ["NAM, WaveNet"] = () => NamFile.Of(
            "WaveNet",
            """
            {"layers": [{"input_size": 1, "condition_size": 1, "channels": 2, "kernel_size": 2, "dilations": [1, 2], "activation": "Tanh", "gated": true, "head_size": 2, "head_bias": false},
             {"input_size": 2, "condition_size": 1, "channels": 2, "bottleneck": 2, "kernel_sizes": [3], "dilations": [1], "activation": [{"type": "LeakyReLU", "negative_slope": 0.2}], "gating_mode": ["none"],
              "layer1x1": {"active": false, "groups": 1}, "head1x1": {"active": false, "out_channels": 1, "groups": 1}, "conv_pre_film": {"active": false}, "head": {"out_channels": 1, "kernel_size": 2, "bias": true}}],
             "head": null, "head_scale": 0.5}
            """,
            2 + (2 * (16 + 4 + 4 + 4 + 2)) + 4 + 4 + (12 + 2 + 2) + 4 + 1 + 1).Bytes,
        ["NAM, ConvNet"] = () => NamFile.Of("ConvNet", """{"channels": 1, "dilations": [1, 2], "batchnorm": false, "activation": "ReLU"}""", 3 + 3 + 2).Bytes,
        ["RNNoise, binary"] = () => RnnoiseFile.Binary(),
        ["RNNoise, text"] = () => RnnoiseFile.Text(),
    };

    public static TheoryData<string> Names => [.. Made.Keys];

    public static TheoryData<string, string> Files => new()
    {
        { "rtneural", "lstm_1d.json" }, { "rtneural", "gru.json" }, { "rtneural", "dense.json" }, { "rtneural", "gru_torch.json" },
        { "guitar/neuralseed", "gru4_ts9_pytorch.json" }, { "guitar/nam", "lstm.nam" }, { "guitar/nam", "BossLSTM-2x8.nam" }, { "wavenet", "BossWN-nano.nam" },
        { "rnnoise", "weights.rnn" }, { "rnnoise", "sh.rnnn" },
    };

    /// <summary>A part of the damage makes other weights, which nothing can see.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Damaged_files_are_refused(string name) => Assert.InRange(Mutations.Read(Made[name](), 1500), 350, 1499);

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Damaged_files_of_others_are_refused(string folder, string name) =>
        Assert.InRange(Mutations.Read(File.ReadAllBytes(SharedFolder.Get(["models", .. folder.Split('/'), name])), 60), 5, 60);

    private static byte[] Written(ModelDescription model)
    {
        using var stream = new MemoryStream();
        new RtNeuralWriter().Write(model, stream);
        return stream.ToArray();
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
