using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace RnnGen.Tests.Onnx;

/// <summary>As much of protobuf's wire format, and of ONNX's messages in it, as the tests need.</summary>
internal static class ProtobufReader
{
    /// <summary>A message's fields, in order: a number, or the bytes of a string or message.</summary>
    public static IEnumerable<(int Field, long Number, byte[] Bytes)> Fields(byte[] message)
    {
        int at = 0;
        while (at < message.Length)
        {
            long tag = Varint(message, ref at);
            (int field, int type) = ((int)(tag >> 3), (int)(tag & 7));
            long number = type == 0 ? Varint(message, ref at) : 0;
            int length = type switch { 0 => 0, 1 => 8, 2 => (int)Varint(message, ref at), 5 => 4, _ => throw new FormatException($"wire type {type}") };
            yield return (field, number, message[at..(at + length)]);
            at += length;
        }
    }

    /// <summary>A <c>TensorProto</c> with its values as raw bytes, which all of these have: dims = 1, data_type = 2, name = 8, raw_data = 9.</summary>
    public static (string Name, OnnxTensor Tensor) Tensor(byte[] message)
    {
        var fields = Fields(message).ToList();
        int[] shape = [.. fields.Where(field => field.Field == 1).Select(field => (int)field.Number)];
        long type = fields.Single(field => field.Field == 2).Number;
        byte[] raw = fields.Single(field => field.Field == 9).Bytes;
        float[] values = type switch
        {
            1 => MemoryMarshal.Cast<byte, float>(raw).ToArray(),
            6 => [.. raw.Chunk(sizeof(int)).Select(bytes => (float)BinaryPrimitives.ReadInt32LittleEndian(bytes))],
            _ => throw new FormatException($"data type {type}"),
        };
        Assert.Equal(shape.Aggregate(1, (product, size) => product * size), values.Length);
        return (Text(fields.Single(field => field.Field == 8).Bytes), new OnnxTensor(shape, values));
    }

    /// <summary>A model's weights: ModelProto.graph = 7, GraphProto.initializer = 5.</summary>
    public static IEnumerable<(string Name, OnnxTensor Tensor)> Initializers(byte[] model) =>
        Fields(Only(model, 7)).Where(field => field.Field == 5).Select(field => Tensor(field.Bytes));

    /// <summary>
    /// An integer attribute of a model's only node, or 0: ModelProto.graph = 7, GraphProto.node = 1, NodeProto.attribute = 5, name = 1, i = 3.
    /// </summary>
    public static int Attribute(byte[] model, string name) => (int)Fields(Only(Only(model, 7), 1))
        .Where(field => field.Field == 5).Select(field => Fields(field.Bytes).ToList())
        .Where(attribute => attribute.Exists(field => field.Field == 1 && Text(field.Bytes) == name))
        .Select(attribute => attribute.Single(field => field.Field == 3).Number).SingleOrDefault();

    private static byte[] Only(byte[] message, int number) => Fields(message).Single(field => field.Field == number).Bytes;

    private static string Text(byte[] bytes) => System.Text.Encoding.UTF8.GetString(bytes);

    private static long Varint(byte[] message, ref int at)
    {
        long value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = message[at++];
            value |= (long)(next & 127) << shift;
            if (next < 128)
                return value;
        }
    }
}
