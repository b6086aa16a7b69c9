using System.Runtime.InteropServices;
using System.Text;

namespace RnnGen.Formats.Tests.Onnx;

/// <summary>Builds ONNX files node by node; the numbers of fields are those of onnx.proto.</summary>
internal sealed class OnnxFileBuilder
{
    private readonly MemoryStream _graph = new();

    public OnnxFileBuilder() => Bytes(_graph, 2, "g"u8.ToArray());

    /// <summary>An input of sizes that are fixed, or −1.</summary>
    public OnnxFileBuilder Input(string name, params int[] shape) => Add(11, Value(name, 1, shape));

    /// <summary>An input of whole numbers.</summary>
    public OnnxFileBuilder IntegerInput(string name, params int[] shape) => Add(11, Value(name, 7, shape));

    /// <summary>An input that is true or false.</summary>
    public OnnxFileBuilder Condition(string name) => Add(11, Value(name, 9, []));

    /// <summary>An output that is true or false.</summary>
    public OnnxFileBuilder ConditionOutput(string name) => Add(12, Value(name, 9, []));

    public OnnxFileBuilder Output(string name, params int[] shape) => Add(12, Value(name, 1, shape));

    public OnnxFileBuilder Weights(string name, int[] shape, params float[] values) => Add(5, Tensor(name, 1, shape, MemoryMarshal.AsBytes(values.AsSpan()).ToArray()));

    /// <summary>Random weights from −0.5 to 0.5.</summary>
    public OnnxFileBuilder Weights(string name, params int[] shape)
    {
        var random = new Random(name.Aggregate(17, (sum, character) => unchecked((sum * 31) + character)));
        return Weights(name, shape, [.. Enumerable.Range(0, shape.Aggregate(1, (product, size) => product * size)).Select(_ => random.NextSingle() - 0.5f)]);
    }

    public OnnxFileBuilder Integers(string name, params long[] values) => Add(5, Tensor(name, 7, [values.Length], MemoryMarshal.AsBytes(values.AsSpan()).ToArray()));

    public OnnxFileBuilder Scalar(string name, float value) => Weights(name, [], [value]);

    /// <summary>A node whose name is its first output's with a slash before it.</summary>
    public OnnxFileBuilder Node(string operation, string[] inputs, string[] outputs, params (string Name, object Value)[] attributes) => Add(1, Message(node =>
    {
        foreach (string input in inputs)
            Bytes(node, 1, Encoding.UTF8.GetBytes(input));
        foreach (string output in outputs)
            Bytes(node, 2, Encoding.UTF8.GetBytes(output));
        Bytes(node, 3, Encoding.UTF8.GetBytes("/" + outputs.First(output => output.Length > 0)));
        Bytes(node, 4, Encoding.UTF8.GetBytes(operation));
        foreach ((string name, object value) in attributes)
            Bytes(node, 5, Attribute(name, value));
    }));

    /// <summary>The same for a node of one output.</summary>
    public OnnxFileBuilder Node(string operation, string inputs, string output, params (string Name, object Value)[] attributes) => Node(operation, inputs.Split(' '), [output], attributes);

    /// <summary>The model's file.</summary>
    public byte[] Model(int operatorSet = 17, string producer = "a test", string version = "1") => Message(model =>
    {
        Number(model, 1, 8);
        Bytes(model, 2, Encoding.UTF8.GetBytes(producer));
        Bytes(model, 3, Encoding.UTF8.GetBytes(version));
        Bytes(model, 7, _graph.ToArray());
        Bytes(model, 8, Message(set => Number(set, 2, operatorSet)));
    });

    public ModelFile File(int operatorSet = 17, string producer = "a test", string version = "1") => new("test.onnx", Model(operatorSet, producer, version));

    /// <summary>The graph alone, as an attribute of a node has it.</summary>
    public byte[] AsBody() => _graph.ToArray();

    /// <summary>A model with more weights: two messages behind one another are one with the fields of both.</summary>
    public static byte[] WithWeights(byte[] model, IEnumerable<byte[]> tensors) => [.. model, .. Message(more => Bytes(more, 7, Message(graph =>
    {
        foreach (byte[] tensor in tensors)
            Bytes(graph, 5, tensor);
    })))];

    private OnnxFileBuilder Add(int field, byte[] part)
    {
        Bytes(_graph, field, part);
        return this;
    }

    private static byte[] Attribute(string name, object value) => Message(attribute =>
    {
        Bytes(attribute, 1, Encoding.UTF8.GetBytes(name));
        switch (value)
        {
            case float number:
                Tag(attribute, 2, 5);
                attribute.Write(BitConverter.GetBytes(number));
                Number(attribute, 20, 1);
                break;
            case int number:
                Number(attribute, 3, number);
                Number(attribute, 20, 2);
                break;
            case string text:
                Bytes(attribute, 4, Encoding.UTF8.GetBytes(text));
                Number(attribute, 20, 3);
                break;
            case byte[] graph:
                Bytes(attribute, 6, graph);
                Number(attribute, 20, 5);
                break;
            case float[] numbers:
                Bytes(attribute, 7, MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray());
                Number(attribute, 20, 6);
                break;
            case int[] numbers:
                foreach (int number in numbers)
                    Number(attribute, 8, number);
                Number(attribute, 20, 7);
                break;
            case string[] texts:
                foreach (string text in texts)
                    Bytes(attribute, 9, Encoding.UTF8.GetBytes(text));
                Number(attribute, 20, 8);
                break;
            default:
                throw new ArgumentException($"no attribute is a {value.GetType()}", nameof(value));
        }
    });

    private static byte[] Tensor(string name, int type, int[] shape, byte[] values) => Message(tensor =>
    {
        foreach (int size in shape)
            Number(tensor, 1, size);
        Number(tensor, 2, type);
        Bytes(tensor, 8, Encoding.UTF8.GetBytes(name));
        Bytes(tensor, 9, values);
    });

    private static byte[] Value(string name, int type, int[] shape) => Message(value =>
    {
        Bytes(value, 1, Encoding.UTF8.GetBytes(name));
        Bytes(value, 2, Message(holder => Bytes(holder, 1, Message(tensor =>
        {
            Number(tensor, 1, type);
            Bytes(tensor, 2, Message(sizes =>
            {
                foreach (int size in shape)
                    Bytes(sizes, 1, Message(dimension =>
                    {
                        if (size >= 0)
                            Number(dimension, 1, size);
                        else
                            Bytes(dimension, 2, "n"u8.ToArray());
                    }));
            }));
        }))));
    });

    private static byte[] Message(Action<MemoryStream> write)
    {
        var message = new MemoryStream();
        write(message);
        return message.ToArray();
    }

    private static void Bytes(MemoryStream message, int field, byte[] bytes)
    {
        Tag(message, field, 2);
        Varint(message, (ulong)bytes.Length);
        message.Write(bytes);
    }

    private static void Number(MemoryStream message, int field, long value)
    {
        Tag(message, field, 0);
        Varint(message, (ulong)value);
    }

    private static void Tag(MemoryStream message, int field, int type) => Varint(message, (ulong)((field << 3) | type));

    private static void Varint(MemoryStream message, ulong value)
    {
        for (; value >= 128; value >>= 7)
            message.WriteByte((byte)(value | 128));
        message.WriteByte((byte)value);
    }
}
