using System.Buffers.Binary;

namespace RnnGen.Formats.Onnx.Writing;

/// <summary>
/// A graph of ONNX while it is written. The numbers are those of the fields in onnx.proto (github.com/onnx/onnx/blob/main/onnx/onnx.proto3).
/// </summary>
/// <param name="prefix">What the names of values that no one names begin with: a body's must differ from those around it.</param>
internal sealed class OnnxGraph(string prefix = "")
{
    private const int FloatType = 1, Int64Type = 7;

    private readonly List<byte[]> _nodes = [], _tensors = [], _inputs = [], _outputs = [];
    private readonly HashSet<string> _constants = new(StringComparer.Ordinal);
    private int _values;

    /// <summary>Adds a node with one output.</summary>
    /// <returns>The output's name.</returns>
    public string Node(string operation, IReadOnlyList<string> inputs, params IReadOnlyList<OnnxAttribute> attributes) => Node(operation, inputs, attributes, [Fresh(operation)])[0];

    /// <summary>Adds a node.</summary>
    /// <returns>The outputs' names.</returns>
    public IReadOnlyList<string> Node(string operation, IReadOnlyList<string> inputs, IReadOnlyList<OnnxAttribute> attributes, IReadOnlyList<string> outputs)
    {
        _nodes.Add(ProtobufMessage.Of(node =>
        {
            foreach (string input in inputs)
                node.Text(1, input);
            foreach (string output in outputs)
                node.Text(2, output);
            node.Text(3, outputs.First(output => output.Length > 0));
            node.Text(4, operation);
            foreach (OnnxAttribute attribute in attributes)
                node.Bytes(5, attribute.Message);
        }));
        return outputs;
    }

    /// <summary>A name that no value has.</summary>
    public string Fresh(string of) => $"{prefix}{of}_{_values++}";

    /// <summary>A constant of floats. The same name stands for the same constant.</summary>
    public string Constant(string name, IReadOnlyList<int> shape, float[] values)
    {
        byte[] bytes = new byte[sizeof(float) * values.Length];
        for (int at = 0; at < values.Length; at++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(sizeof(float) * at), values[at]);
        return Constant(name, FloatType, shape, bytes);
    }

    /// <summary>A constant of whole numbers, <c>[count]</c>, or a single one.</summary>
    public string Integers(string name, long[] values, bool isScalar = false)
    {
        byte[] bytes = new byte[sizeof(long) * values.Length];
        for (int at = 0; at < values.Length; at++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(sizeof(long) * at), values[at]);
        return Constant(name, Int64Type, isScalar ? [] : [values.Length], bytes);
    }

    /// <summary>Declares an input of floats.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">A number, or the name of a size that is not fixed.</param>
    public void Input(string name, params IReadOnlyList<object> shape) => _inputs.Add(Value(name, FloatType, shape));

    /// <summary>Declares an input of whole numbers.</summary>
    public void IntegerInput(string name, params IReadOnlyList<object> shape) => _inputs.Add(Value(name, Int64Type, shape));

    /// <summary>Declares an output.</summary>
    public void Output(string name, params IReadOnlyList<object> shape) => _outputs.Add(Value(name, FloatType, shape));

    /// <summary>The graph as a message.</summary>
    public byte[] Message(string name) => ProtobufMessage.Of(graph =>
    {
        foreach (byte[] node in _nodes)
            graph.Bytes(1, node);
        graph.Text(2, name);
        foreach (byte[] tensor in _tensors)
            graph.Bytes(5, tensor);
        foreach (byte[] input in _inputs)
            graph.Bytes(11, input);
        foreach (byte[] output in _outputs)
            graph.Bytes(12, output);
    });

    private string Constant(string name, int type, IReadOnlyList<int> shape, byte[] bytes)
    {
        if (_constants.Add(name))
            _tensors.Add(ProtobufMessage.Of(tensor =>
            {
                foreach (int size in shape)
                    tensor.Number(1, size);
                tensor.Number(2, type);
                tensor.Text(8, name);
                tensor.Bytes(9, bytes);
            }));
        return name;
    }

    private static byte[] Value(string name, int type, IReadOnlyList<object> shape)
    {
        byte[] sizes = ProtobufMessage.Of(message =>
        {
            foreach (object size in shape)
                message.Bytes(1, ProtobufMessage.Of(dimension =>
                {
                    if (size is int number)
                        dimension.Number(1, number);
                    else
                        dimension.Text(2, (string)size);
                }));
        });
        byte[] tensor = ProtobufMessage.Of(message =>
        {
            message.Number(1, type);
            message.Bytes(2, sizes);
        });
        return ProtobufMessage.Of(value =>
        {
            value.Text(1, name);
            value.Bytes(2, ProtobufMessage.Of(type => type.Bytes(1, tensor)));
        });
    }
}
