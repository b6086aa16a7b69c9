using System.Globalization;
using System.Text;

namespace RnnGen.Formats.Tests.Dl4j;

/// <summary>Writes models as Deeplearning4j does: the configuration of each layer, and all parameters in one vector, column by column.</summary>
internal sealed class Dl4jFile
{
    private const string Layers = "org.deeplearning4j.nn.conf.layers.", Functions = "org.nd4j.linalg.activations.impl.Activation";

    private readonly List<float> _vector = [];

    /// <summary>A small network with an object in an object in an object.</summary>
    public static ModelFile Small()
    {
        ModelDescription model = RandomModel.Of(3, new RnnAttribute(4) { Direction = Direction.Bidirectional }, new LastStepAttribute(), new DenseAttribute(2));
        var file = new Dl4jFile();
        return file.Chain("", file.Both(model.Layers[0], "CONCAT", file.Last), file.Dense("OutputLayer", model.Layers[2], "Identity"));
    }

    /// <summary>What beside the known fields is in each layer.</summary>
    public string More { get; init; } = "";

    /// <summary>A recurrent layer's direction with its parameters: gates g f o i, and columns f o i of peepholes behind the recurrent matrix.</summary>
    public string Recurrent(string type, ModelLayer layer, string activation, string gate = "Sigmoid", string suffix = "")
    {
        bool isLstm = layer.Attribute is LstmAttribute;
        int units = LayerShapes.Units((RecurrentLayerAttribute)layer.Attribute);
        int[] gates = isLstm ? [2, 1, 3, 0] : [0];
        Columns("weight_ih", layer.InputSize);
        Columns("weight_hh", units);
        if (layer.Find("peephole" + suffix) is { } peephole)
            foreach (int at in new[] { 1, 2, 0 })
                _vector.AddRange(peephole.Values[(at * units)..((at + 1) * units)]);
        float[] one = layer.Find("bias_ih" + suffix)!.Values, other = layer.Find("bias_hh" + suffix)!.Values;
        foreach (int at in gates)
            for (int unit = 0; unit < units; unit++)
                _vector.Add(one[(at * units) + unit] + other[(at * units) + unit]);
        string own = isLstm ? $"""
            "forgetGateBiasInit":1.0,"gateActivationFn":{Function(gate)},
            """ : "";
        return Object((isLstm ? "" : "recurrent.") + type, $"{own}{Sizes(layer.InputSize, units)},{Activation(activation)}");

        void Columns(string name, int rows)
        {
            float[] matrix = layer.Find(name + suffix)!.Values;
            foreach (int at in gates)
                for (int unit = 0; unit < units; unit++)
                    for (int row = 0; row < rows; row++)
                        _vector.Add(matrix[(((at * units) + unit) * rows) + row]);
        }
    }

    /// <summary>A dense layer of any class.</summary>
    public string Dense(string type, ModelLayer layer, string activation, string alpha = "")
    {
        float[] weight = layer.Find("weight")!.Values;
        for (int unit = 0; unit < layer.OutputSize; unit++)
            for (int input = 0; input < layer.InputSize; input++)
                _vector.Add(layer.Attribute is EmbeddingAttribute ? weight[(input * layer.OutputSize) + unit] : weight[(unit * layer.InputSize) + input]);
        _vector.AddRange(layer.Find("bias")?.Values ?? []);
        return Object(type, $"\"hasBias\":{(layer.Find("bias") is null ? "false" : "true")},{Sizes(layer.InputSize, layer.OutputSize)},{Activation(activation, alpha)}");
    }

    /// <summary>Both directions of a simple layer.</summary>
    public string Both(ModelLayer layer, string mode, Func<string, string> wrap)
    {
        string forward = wrap(Recurrent("SimpleRnn", layer, "TanH")), backward = wrap(Recurrent("SimpleRnn", layer, "TanH", suffix: "_reverse"));
        return Object("recurrent.Bidirectional", $"\"mode\":\"{mode}\",\"fwd\":{forward},\"bwd\":{backward}");
    }

    /// <summary>The last step of a layer.</summary>
    public string Last(string layer) => Object("recurrent.LastTimeStep", $"\"underlying\":{layer}");

    /// <summary>An object with a class and fields.</summary>
    public string Object(string type, string fields) => $"{{\"@class\":\"{Layers}{type}\",{fields}{More}}}";

    /// <summary>The file of a chain of layers.</summary>
    public ModelFile Chain(string processors, params string[] layers) => Write(
        $"{{\"backprop\":true,\"confs\":[{string.Join(",", layers.Select(layer => $"{{\"layer\":{layer},\"seed\":12345,\"variables\":[\"W\"]}}"))}],\"inputPreProcessors\":{{{processors}}}}}");

    /// <summary>The file of a configuration.</summary>
    public ModelFile Write(string configuration)
    {
        using var array = new MemoryStream();
        Header(array, 8, "LONG");
        foreach (long number in new long[] { 2, 1, _vector.Count, 1, 1, 0, 1, 99 })
            Reversed(array, BitConverter.GetBytes(number));
        Header(array, _vector.Count, "FLOAT");
        foreach (float value in _vector)
            Reversed(array, BitConverter.GetBytes(value));
        return Torch.TorchFile.Zip([("configuration.json", Encoding.UTF8.GetBytes(configuration)), ("coefficients.bin", array.ToArray()), ("updaterState.bin", new byte[10])],
            System.IO.Compression.CompressionLevel.Fastest);
    }

    public static string Function(string name, string fields = "") => $"{{\"@class\":\"{Functions}{name}\"{fields}}}";

    private static string Activation(string name, string fields = "") => $"\"activationFn\":{Function(name, fields)}";

    private static string Sizes(int inputs, int outputs) => string.Create(CultureInfo.InvariantCulture, $"\"layerName\":\"a\",\"nin\":{inputs},\"nout\":{outputs}");

    private static void Header(Stream stream, long count, string type)
    {
        Text(stream, "LONG_SHAPE");
        Reversed(stream, BitConverter.GetBytes(count));
        Text(stream, type);
    }

    private static void Reversed(Stream stream, byte[] bytes)
    {
        Array.Reverse(bytes);
        stream.Write(bytes);
    }

    private static void Text(Stream stream, string text)
    {
        stream.Write([0, (byte)text.Length]);
        stream.Write(Encoding.ASCII.GetBytes(text));
    }
}
