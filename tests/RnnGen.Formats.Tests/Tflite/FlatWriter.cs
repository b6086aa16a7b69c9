using System.Buffers.Binary;
using System.Text;

namespace RnnGen.Formats.Tests.Tflite;

/// <summary>Writes FlatBuffers files: tables whose fields are numbers, texts, vectors and tables, each behind the one that refers to it.</summary>
internal static class FlatWriter
{
    /// <summary>A file with an identifier of 4 characters.</summary>
    public static byte[] Write(FlatFields root, string identifier)
    {
        List<byte> file = [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(identifier)];
        Queue<(int At, object Target)> open = new([(0, root)]);
        while (open.TryDequeue(out (int At, object Target) reference))
        {
            while (file.Count % 8 != 0)
                file.Add(0);
            int at = reference.Target is FlatFields fields ? Table(file, fields, open) : Vector(file, reference.Target, open);
            Set(file, reference.At, at - reference.At);
        }

        return [.. file];
    }

    private static int Table(List<byte> file, FlatFields fields, Queue<(int, object)> open)
    {
        int count = fields.Count == 0 ? 0 : fields.Keys.Max() + 1, list = file.Count, at = 4;
        file.AddRange(BitConverter.GetBytes((ushort)(4 + (2 * count))));
        file.AddRange(BitConverter.GetBytes((ushort)(4 + (8 * fields.Count))));
        for (int field = 0; field < count; field++)
        {
            bool isThere = fields.ContainsKey(field);
            file.AddRange(BitConverter.GetBytes((ushort)(isThere ? at : 0)));
            at += isThere ? 8 : 0;
        }

        int table = file.Count;
        file.AddRange(BitConverter.GetBytes(table - list));
        foreach (object value in fields.OrderBy(field => field.Key).Select(field => field.Value))
        {
            byte[]? bytes = value switch
            {
                byte number => [number],
                int number => BitConverter.GetBytes(number),
                float number => BitConverter.GetBytes(number),
                ulong number => BitConverter.GetBytes(number),
                _ => null,
            };
            if (bytes is null)
                open.Enqueue((file.Count, value));
            byte[] room = new byte[8];
            bytes?.CopyTo(room, 0);
            file.AddRange(room);
        }

        return table;
    }

    private static int Vector(List<byte> file, object target, Queue<(int, object)> open)
    {
        // A text has its bytes counted, and a zero behind them.
        (int count, byte[] bytes) = target switch
        {
            string text => (Encoding.UTF8.GetByteCount(text), [.. Encoding.UTF8.GetBytes(text), 0]),
            byte[] values => (values.Length, values),
            int[] values => (values.Length, values.SelectMany(BitConverter.GetBytes).ToArray()),
            long[] values => (values.Length, values.SelectMany(BitConverter.GetBytes).ToArray()),
            float[] values => (values.Length, values.SelectMany(BitConverter.GetBytes).ToArray()),
            FlatFields[] tables => (tables.Length, new byte[4 * tables.Length]),
            _ => throw new NotSupportedException($"{target.GetType().Name} is no vector."),
        };
        int at = file.Count;
        file.AddRange(BitConverter.GetBytes(count));
        for (int index = 0; target is FlatFields[] all && index < all.Length; index++)
            open.Enqueue((at + 4 + (4 * index), all[index]));
        file.AddRange(bytes);
        return at;
    }

    private static void Set(List<byte> file, int at, int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        for (int index = 0; index < 4; index++)
            file[at + index] = bytes[index];
    }
}

/// <summary>The fields of a table by their numbers.</summary>
internal sealed class FlatFields : Dictionary<int, object>;
