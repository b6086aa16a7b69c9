using System.Runtime.InteropServices;
using Google.Protobuf;

namespace RnnGen.Benchmarks.Peers;

/// <summary>
/// Writes a recurrent layer and its head as an ONNX model: x [T, B, I] and the state in, y [T × B, outputs] and the state out. The numbers are those of the
/// fields in onnx.proto (github.com/onnx/onnx/blob/main/onnx/onnx.proto3).
/// </summary>
internal static class OnnxModel
{
    public const string Input = "x", Output = "y", Hidden = "h", Cell = "c", NextHidden = "h_next", NextCell = "c_next";

    private const int IrVersion = 8, OperatorSet = 17, IntKind = 2;

    private enum Element
    {
        Float = 1,
        Int64 = 7,
    }

    public static byte[] Of(CellWeights weights, BatchShape shape, bool softmax = false)
    {
        bool lstm = weights.Kind == CellKind.Lstm;
        string operation = weights.Kind.ToString().ToUpperInvariant();
        long[] state = [1, shape.Batch, weights.Hidden];
        byte[] hiddenSize = IntAttribute("hidden_size", weights.Hidden);
        byte[] recurrent = Node(
            operation,
            lstm ? [Input, "w", "r", "b", "", Hidden, Cell] : [Input, "w", "r", "b", "", Hidden],
            lstm ? ["all", NextHidden, NextCell] : ["all", NextHidden],
            weights.Kind == CellKind.Gru ? [hiddenSize, IntAttribute("linear_before_reset", 1)] : [hiddenSize]);
        byte[] rows = Node("Reshape", ["all", "rows_shape"], ["rows"], []);
        byte[] head = Node("Gemm", ["rows", "head", "head_bias"], [softmax ? "logits" : Output], [IntAttribute("transB", 1)]);
        byte[][] answer = softmax ? [Node("Softmax", ["logits"], [Output], [])] : [];
        byte[] graph = Message(graph =>
        {
            foreach (byte[] node in (byte[][])[recurrent, rows, head, .. answer])
                Bytes(graph, 1, node);
            Text(graph, 2, operation);
            foreach (byte[] tensor in Tensors(weights))
                Bytes(graph, 5, tensor);
            Bytes(graph, 11, Value(Input, shape.Steps, shape.Batch, weights.Input));
            Bytes(graph, 11, Value(Hidden, state));
            if (lstm)
                Bytes(graph, 11, Value(Cell, state));
            Bytes(graph, 12, Value(Output, shape.Steps * shape.Batch, weights.Outputs));
            Bytes(graph, 12, Value(NextHidden, state));
            if (lstm)
                Bytes(graph, 12, Value(NextCell, state));
        });
        return Message(model =>
        {
            Number(model, 1, IrVersion);
            Bytes(model, 7, graph);
            Bytes(model, 8, Message(set => Number(set, 2, OperatorSet)));
        });
    }

    private static IEnumerable<byte[]> Tensors(CellWeights weights)
    {
        int[] order = GateOrder(weights.Kind);
        float[] Reordered(float[] rows) => [.. order.SelectMany(gate => rows.Chunk(rows.Length / order.Length).ElementAt(gate))];
        int size = weights.Gates * weights.Hidden;
        yield return Tensor("w", Element.Float, [1, size, weights.Input], Reordered(weights.OfInput));
        yield return Tensor("r", Element.Float, [1, size, weights.Hidden], Reordered(weights.OfHidden));
        yield return Tensor("b", Element.Float, [1, 2 * size], [.. Reordered(weights.InputBias), .. Reordered(weights.HiddenBias)]);
        yield return Tensor("head", Element.Float, [weights.Outputs, weights.Hidden], weights.Head);
        yield return Tensor("head_bias", Element.Float, [weights.Outputs], weights.HeadBias);
        yield return Tensor<long>("rows_shape", Element.Int64, [2], [-1, weights.Hidden]);
    }

    /// <summary>ONNX wants i o f c where PyTorch has i f g o, and z r h where PyTorch has r z n.</summary>
    private static int[] GateOrder(CellKind kind) => kind switch
    {
        CellKind.Lstm => [0, 3, 1, 2],
        CellKind.Gru => [1, 0, 2],
        _ => [0],
    };

    private static byte[] Node(string operation, string[] inputs, string[] outputs, byte[][] attributes) => Message(node =>
    {
        foreach (string input in inputs)
            Text(node, 1, input);
        foreach (string output in outputs)
            Text(node, 2, output);
        Text(node, 4, operation);
        foreach (byte[] attribute in attributes)
            Bytes(node, 5, attribute);
    });

    private static byte[] IntAttribute(string name, long value) => Message(attribute =>
    {
        Text(attribute, 1, name);
        Number(attribute, 3, value);
        Number(attribute, 20, IntKind);
    });

    private static byte[] Tensor<T>(string name, Element element, long[] shape, T[] values)
        where T : struct => Message(tensor =>
    {
        foreach (long size in shape)
            Number(tensor, 1, size);
        Number(tensor, 2, (long)element);
        Text(tensor, 8, name);
        Bytes(tensor, 9, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
    });

    private static byte[] Value(string name, params long[] shape)
    {
        byte[] sizes = Message(message =>
        {
            foreach (long size in shape)
                Bytes(message, 1, Message(dimension => Number(dimension, 1, size)));
        });
        byte[] tensor = Message(message =>
        {
            Number(message, 1, (long)Element.Float);
            Bytes(message, 2, sizes);
        });
        return Message(value =>
        {
            Text(value, 1, name);
            Bytes(value, 2, Message(type => Bytes(type, 1, tensor)));
        });
    }

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var memory = new MemoryStream();
        using (var message = new CodedOutputStream(memory, leaveOpen: true))
            write(message);
        return memory.ToArray();
    }

    private static void Number(CodedOutputStream message, int field, long value)
    {
        message.WriteTag(field, WireFormat.WireType.Varint);
        message.WriteInt64(value);
    }

    private static void Text(CodedOutputStream message, int field, string value)
    {
        message.WriteTag(field, WireFormat.WireType.LengthDelimited);
        message.WriteString(value);
    }

    private static void Bytes(CodedOutputStream message, int field, byte[] value)
    {
        message.WriteTag(field, WireFormat.WireType.LengthDelimited);
        message.WriteBytes(ByteString.CopyFrom(value));
    }
}
