using System.Text.Json;

namespace RnnGen.Tests.Onnx;

/// <summary>One RNN, LSTM or GRU node with its inputs and its outputs, time-major: X [T, B, I], Y [T, D, B, H], Y_h and Y_c [D, B, H].</summary>
internal sealed record OnnxCase(string Name, IReadOnlyDictionary<string, OnnxTensor> Inputs, IReadOnlyDictionary<string, OnnxTensor> Outputs)
{
    public OnnxTensor X => Inputs["X"];

    /// <summary>A case of ONNX's own node tests: a folder of protobuf files.</summary>
    public static OnnxCase ReadNodeTest(string name)
    {
        string folder = SharedFolder.Get("models", "onnx-node-tests", name);
        bool batchFirst = ProtobufReader.Attribute(File.ReadAllBytes(Path.Combine(folder, "model.onnx")), "layout") != 0;
        string data = Path.Combine(folder, "test_data_set_0");

        Dictionary<string, OnnxTensor> Read(string pattern) => Directory.GetFiles(data, pattern)
            .Select(file => ProtobufReader.Tensor(File.ReadAllBytes(file)))
            .ToDictionary(tensor => tensor.Name, tensor => batchFirst ? TimeMajor(tensor.Name, tensor.Tensor) : tensor.Tensor);

        return new OnnxCase(name, Read("input_*.pb"), Read("output_*.pb"));
    }

    /// <summary>A case with random weights that ONNX Runtime computed: JSON.</summary>
    public static OnnxCase ReadRandom(string name)
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.Get("models", "onnx-random", name + ".json")));

        Dictionary<string, OnnxTensor> Read(string tensors) => file.RootElement.GetProperty(tensors).EnumerateObject().ToDictionary(
            tensor => tensor.Name,
            tensor => new OnnxTensor(
                [.. tensor.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())],
                [.. tensor.Value.GetProperty("data").EnumerateArray().Select(value => value.GetSingle())]));

        return new OnnxCase(name, Read("inputs"), Read("outputs"));
    }

    /// <summary><c>layout = 1</c> has the batch first: X [B, T, I], Y [B, T, D, H], states [B, D, H].</summary>
    private static OnnxTensor TimeMajor(string name, OnnxTensor tensor) => name switch
    {
        "X" => tensor.Transpose(1, 0, 2),
        "Y" => tensor.Transpose(1, 2, 0, 3),
        "Y_h" or "Y_c" or "initial_h" or "initial_c" => tensor.Transpose(1, 0, 2),
        _ => tensor,
    };
}
