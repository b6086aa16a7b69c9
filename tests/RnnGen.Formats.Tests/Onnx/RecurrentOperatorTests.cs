using System.Text.Json;
using RnnGen.Cli.Verification;
using RnnGen.Formats.Onnx;
using RnnGen.Tests;

namespace RnnGen.Formats.Tests.Onnx;

/// <summary>RNN, LSTM and GRU nodes: ONNX's own tests, and cases with random weights that ONNX Runtime computed.</summary>
public sealed class RecurrentOperatorTests
{
    public static TheoryData<string> NodeTests =>
    [
        "test_gru_batchwise", "test_gru_defaults", "test_gru_seq_length", "test_gru_with_initial_bias", "test_lstm_batchwise", "test_lstm_defaults", "test_lstm_with_initial_bias",
        "test_lstm_with_peepholes", "test_rnn_seq_length", "test_simple_rnn_batchwise", "test_simple_rnn_defaults", "test_simple_rnn_with_initial_bias",
    ];

    public static TheoryData<string> RandomCases =>
    [
        "gru_bidir_lbr0_seqlens", "gru_fwd_lbr0", "gru_fwd_lbr1", "gru_fwd_lbr1_h17", "gru_hardsigmoid_lbr0", "gru_relu_lbr0", "gru_reverse_lbr1", "lstm_bidir", "lstm_bidir_seqlens", "lstm_fwd",
        "lstm_fwd_nobias_h17", "lstm_hardsigmoid", "lstm_peephole", "lstm_reverse", "lstm_reverse_seqlens", "rnn_bidir_seqlens", "rnn_reverse", "rnn_tanh",
    ];

    /// <summary>The tests have their weights beside the model; here they are put into it. Each has Y_h, and some Y.</summary>
    [SkippableTheory]
    [MemberData(nameof(NodeTests))]
    public void A_node_test_passes(string name)
    {
        string folder = SharedFolder.Get("models", "onnx-node-tests", name);
        string data = Path.Combine(folder, "test_data_set_0");
        byte[][] inputs = [.. Directory.GetFiles(data, "input_*.pb").Select(File.ReadAllBytes)];
        OnnxTensor x = Read(inputs.Single(input => Read(input).Name == "X"));
        byte[] file = OnnxFileBuilder.WithWeights(File.ReadAllBytes(Path.Combine(folder, "model.onnx")), inputs.Where(input => Read(input).Name != "X"));
        ModelDescription model = ModelFormats.Read(new ModelFile(name, file), ImportOptions.Default);
        bool batchFirst = OnnxModelReader.Read(file).Graph.Nodes[0].Attributes.ContainsKey("layout");
        OnnxTensor expected = Directory.GetFiles(data, "output_*.pb").Select(output => Read(File.ReadAllBytes(output))).OrderByDescending(output => output.Name == "Y").First();
        Assert.Equal(expected.Name == "Y_h", model.IsPerSequence);
        (int steps, int batch) = batchFirst ? (x.Shape[1], x.Shape[0]) : (x.Shape[0], x.Shape[1]);
        int units = expected.Shape[^1];
        var evaluator = new ModelEvaluator(model);
        for (int sequence = 0; sequence < batch; sequence++)
        {
            float[] frames = [.. Enumerable.Range(0, steps).SelectMany(step => Row(x, batchFirst ? (sequence * steps) + step : (step * batch) + sequence))];
            double[] wanted = [.. Enumerable.Range(0, model.IsPerSequence ? 1 : steps).SelectMany(step => Row(expected, model.IsPerSequence ? sequence : batchFirst ? (sequence * steps) + step : (step * batch) + sequence))];
            ModelVerifier.Compare($"sequence {sequence}", wanted, Array.ConvertAll(evaluator.Run(frames), value => (float)value), 1e-6);
        }

        static float[] Row(OnnxTensor tensor, int row) => [.. tensor.Values().Skip(row * tensor.Shape[^1]).Take(tensor.Shape[^1]).Select(value => (float)value)];
        static OnnxTensor Read(byte[] tensor) => OnnxTensorReader.Read(new ProtobufMessage(tensor, 0, tensor.Length));
    }

    /// <summary>A file a sequence, whose first state becomes a constant of it: what the network learned.</summary>
    [SkippableTheory]
    [MemberData(nameof(RandomCases))]
    public void A_random_node_is_ONNX_Runtime_s(string name)
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.Get("models", "onnx-random", name + ".json")));
        JsonElement root = file.RootElement, inputs = root.GetProperty("inputs");
        int[] shape = Shape(inputs.GetProperty("X"));
        float[] x = Values(inputs.GetProperty("X")), y = Values(root.GetProperty("outputs").GetProperty("Y"));
        float[]? lengths = inputs.TryGetProperty("sequence_lens", out JsonElement given) ? Values(given) : null;
        for (int sequence = 0; sequence < shape[1]; sequence++)
        {
            ModelDescription model = ModelFormats.Read(Node(root, inputs, sequence), ImportOptions.Default);
            int width = model.OutputSize, directions = Shape(inputs.GetProperty("W"))[0], units = width / directions;
            bool[] mask = [.. Enumerable.Range(0, shape[0]).Select(step => lengths is null || step < lengths[sequence])];
            float[] frames = [.. Enumerable.Range(0, shape[0]).SelectMany(step => x.Skip(((step * shape[1]) + sequence) * shape[2]).Take(shape[2]))];
            double[] expected = [.. Enumerable.Range(0, shape[0]).SelectMany(step => Enumerable.Range(0, width).Select(unit =>
                (double)y[(((((step * directions) + (unit / units)) * shape[1]) + sequence) * units) + (unit % units)]))];
            ModelVerifier.Compare($"sequence {sequence}", expected, Array.ConvertAll(new ModelEvaluator(model).Run(frames, mask), value => (float)value), 2e-6);
        }
    }

    private static ModelFile Node(JsonElement root, JsonElement inputs, int sequence)
    {
        string[] all = ["X", "W", "R", "B", "sequence_lens", "initial_h", "initial_c", "P"];
        var writer = new OnnxFileBuilder().Input("X", -1, -1, Shape(inputs.GetProperty("X"))[2]);
        foreach (string name in all.Where(name => name != "X" && inputs.TryGetProperty(name, out _)))
        {
            int[] shape = Shape(inputs.GetProperty(name));
            float[] values = Values(inputs.GetProperty(name));
            if (name == "sequence_lens")
                writer.IntegerInput(name, -1);
            else if (name.StartsWith("initial", StringComparison.Ordinal))
                writer.Weights(name, [shape[0], 1, shape[2]], [.. values.Chunk(shape[2]).Where((_, row) => row % shape[1] == sequence).SelectMany(row => row)]);
            else
                writer.Weights(name, shape, values);
        }

        int count = root.GetProperty("op").GetString() == "LSTM" ? 8 : 6;
        writer.Node(root.GetProperty("op").GetString()!, [.. all.Take(count).Select(name => inputs.TryGetProperty(name, out _) ? name : "")], ["Y"], [.. root.GetProperty("attributes").EnumerateObject().Select(Attribute)]);
        return writer.Output("Y").File();
    }

    private static (string Name, object Value) Attribute(JsonProperty attribute) => (attribute.Name, attribute.Value.ValueKind switch
    {
        JsonValueKind.Number => attribute.Value.GetInt32(),
        JsonValueKind.String => attribute.Value.GetString()!,
        _ when attribute.Value[0].ValueKind == JsonValueKind.String => attribute.Value.EnumerateArray().Select(text => text.GetString()!).ToArray(),
        _ => attribute.Value.EnumerateArray().Select(number => number.GetSingle()).ToArray(),
    });

    private static int[] Shape(JsonElement tensor) => [.. tensor.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];

    private static float[] Values(JsonElement tensor) => [.. tensor.GetProperty("data").EnumerateArray().Select(value => value.GetSingle())];
}
