using System.Buffers.Binary;

namespace RnnGen.Formats.Onnx;

/// <summary>Reads a <c>TensorProto</c>: the numbers of its fields are those of onnx.proto.</summary>
internal static class OnnxTensorReader
{
    /// <summary>The tensor. Its sizes are trusted only as far as there are values.</summary>
    public static OnnxTensor Read(ProtobufMessage message)
    {
        List<long> sizes = [], integers = [];
        List<double> floats = [], doubles = [];
        ProtobufMessage? raw = null;
        string name = "";
        var type = OnnxType.Unknown;
        bool external = false;
        foreach (ProtobufField field in message.Fields())
        {
            switch (field.Number)
            {
                case 1: AddIntegers(field, sizes); break;
                case 2: type = (OnnxType)(int)field.Integer; break;
                case 4: AddFloats(field, floats, sizeof(float)); break;
                case 5 or 7 or 11: AddIntegers(field, integers); break;
                case 8: name = field.Text; break;
                case 9: raw = field.Message; break;
                case 10: AddFloats(field, doubles, sizeof(double)); break;
                case 14: external = field.Integer == 1; break;
                case 13: external = true; break;
            }
        }

        if (sizes.Count > 16 || sizes.Exists(size => size is < 0 or > int.MaxValue))
            throw message.Damage($"tensor {Text.Quote(name)}: expected at most 16 sizes from 0 on, got {Text.Shorten(string.Join(", ", sizes))}");
        long count = sizes.Aggregate(1L, (product, size) => checked(product * size));
        int elementSize = SizeOf(type);
        long held = external ? count : raw is { } bytes ? elementSize == 0 ? count : bytes.Length / elementSize : Math.Max(integers.Count, Math.Max(floats.Count, doubles.Count));
        if (elementSize > 0 && held != count)
            throw message.Damage($"tensor {Text.Quote(name)}: expected {count} values for {Text.Shape(sizes.Select(size => (int)size))}, got {held}");
        return new OnnxTensor(name, [.. sizes.Select(size => (int)size)], type, external, Values);

        double[] Values() => raw is { } packed ? Unpacked(packed.Span, type, (int)count)
            : floats.Count > 0 ? [.. floats]
            : doubles.Count > 0 ? [.. doubles]
            : type switch
            {
                OnnxType.Float16 => [.. integers.Select(bits => (double)BitConverter.UInt16BitsToHalf((ushort)bits))],
                OnnxType.BFloat16 => [.. integers.Select(bits => (double)BitConverter.UInt32BitsToSingle((uint)bits << 16))],
                OnnxType.UInt64 => [.. integers.Select(number => (double)(ulong)number)],
                _ => [.. integers.Select(number => (double)number)],
            };
    }

    /// <summary>Adds the numbers of a repeated field: one, or many that are packed.</summary>
    public static void AddIntegers(ProtobufField field, List<long> numbers)
    {
        if (field.IsBytes)
            numbers.AddRange(field.Bytes.Varints());
        else
            numbers.Add(field.Integer);
    }

    /// <summary>Adds the numbers of a repeated field of 4 or 8 bytes each.</summary>
    public static void AddFloats(ProtobufField field, List<double> numbers, int size)
    {
        if (!field.IsBytes)
            numbers.Add(size == sizeof(float) ? field.Float : BitConverter.UInt64BitsToDouble(field.Value));
        else if (field.Bytes.Length % size != 0)
            throw field.Bytes.Damage($"expected a multiple of {size} bytes, got {field.Bytes.Length}");
        else
            numbers.AddRange(Unpacked(field.Bytes.Span, size == sizeof(float) ? OnnxType.Float : OnnxType.Double, field.Bytes.Length / size));
    }

    /// <summary>Bytes of a value; 0 of a type that this reader has no use for.</summary>
    private static int SizeOf(OnnxType type) => type switch
    {
        OnnxType.UInt8 or OnnxType.Int8 or OnnxType.Bool => 1,
        OnnxType.UInt16 or OnnxType.Int16 or OnnxType.Float16 or OnnxType.BFloat16 => 2,
        OnnxType.Float or OnnxType.Int32 or OnnxType.UInt32 => 4,
        OnnxType.Double or OnnxType.Int64 or OnnxType.UInt64 => 8,
        _ => 0,
    };

    private static double[] Unpacked(ReadOnlySpan<byte> bytes, OnnxType type, int count)
    {
        int size = SizeOf(type);
        if (size == 0 || (long)size * count != bytes.Length)
            throw new FormatException($"expected {count} values of {Math.Max(size, 1)} bytes, got {bytes.Length} bytes");
        double[] values = new double[count];
        for (int index = 0; index < count; index++)
        {
            ReadOnlySpan<byte> one = bytes.Slice(index * size, size);
            values[index] = type switch
            {
                OnnxType.Float => BinaryPrimitives.ReadSingleLittleEndian(one),
                OnnxType.Double => BinaryPrimitives.ReadDoubleLittleEndian(one),
                OnnxType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(one),
                OnnxType.BFloat16 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(one) << 16),
                OnnxType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(one),
                OnnxType.UInt64 => BinaryPrimitives.ReadUInt64LittleEndian(one),
                OnnxType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(one),
                OnnxType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(one),
                OnnxType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(one),
                OnnxType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(one),
                OnnxType.Int8 => (sbyte)one[0],
                _ => one[0],
            };
        }

        return values;
    }
}
