using System.Runtime.InteropServices;
using System.Text;

namespace RnnGen.Formats.Tests.Raw;

/// <summary>The constants of a frozen TensorFlow graph: a protocol buffer of nodes (field 1), each with its name (1) and attributes (5), the tensor among them (8, content 4).</summary>
internal sealed class FrozenGraph
{
    private readonly Dictionary<string, float[]> _constants = new(StringComparer.Ordinal);

    public FrozenGraph(byte[] file)
    {
        foreach (ReadOnlyMemory<byte> node in Fields(file, 1))
            foreach (ReadOnlyMemory<byte> attribute in Fields(node, 5))
                foreach (ReadOnlyMemory<byte> tensor in Fields(attribute, 2).SelectMany(value => Fields(value, 8)))
                    foreach (ReadOnlyMemory<byte> content in Fields(tensor, 4))
                        if (content.Length % sizeof(float) == 0)
                            _constants[Encoding.UTF8.GetString(Fields(node, 1).First().Span)] = MemoryMarshal.Cast<byte, float>(content.Span).ToArray();
    }

    /// <summary>A constant by its name.</summary>
    public float[] this[string name] => _constants[name];

    /// <summary>The fields of a number that have a length.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Fields(ReadOnlyMemory<byte> message, int number)
    {
        for (int at = 0; at < message.Length;)
        {
            long key = Number(message, ref at);
            int length = (key & 7) switch { 0 => 0, 1 => 8, 5 => 4, _ => (int)Number(message, ref at) };
            if ((key & 7) == 0)
                Number(message, ref at);
            if ((key & 7) == 2 && key >> 3 == number)
                yield return message.Slice(at, length);
            at += length;
        }
    }

    private static long Number(ReadOnlyMemory<byte> message, ref int at)
    {
        long number = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = message.Span[at++];
            number |= (long)(part & 127) << shift;
            if (part < 128)
                return number;
        }
    }
}
