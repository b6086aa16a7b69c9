using System.Buffers.Binary;

namespace RnnGen.Formats.Tflite;

/// <summary>Values of tensors as numbers.</summary>
internal static class TensorValues
{
    /// <summary>A constant as the graph's reader takes it; its values are read when they are asked for.</summary>
    /// <exception cref="FormatException">There are more or fewer values than its sizes say.</exception>
    public static OnnxTensor Of(FlatFile file, TfliteTensor tensor)
    {
        (long at, int length) = tensor.Data!.Value;
        int size = SizeOf(tensor.Type);
        OnnxType type = size == 0 || !tensor.IsReadable ? OnnxType.Unknown : IsFloat(tensor.Type) || tensor.Scale is not null ? OnnxType.Float : OnnxType.Int64;
        long count = tensor.Shape.Aggregate(1L, (product, places) => checked(product * places));
        if (type != OnnxType.Unknown && count * size != length)
            throw new FormatException($"tensor {Text.Quote(tensor.Name)}: expected {count} values of {size} bytes for {Text.Shape(tensor.Shape)}, got {length} bytes");
        return new OnnxTensor(tensor.Name, tensor.Shape, type, IsExternal: false, () => Values(file.Span(at, length), tensor));
    }

    public static bool IsFloat(TfliteType type) => type is TfliteType.Float32 or TfliteType.Float16 or TfliteType.Float64;

    private static double[] Values(ReadOnlySpan<byte> bytes, TfliteTensor tensor)
    {
        int size = SizeOf(tensor.Type);
        double[] values = new double[bytes.Length / size];
        for (int index = 0; index < values.Length; index++)
            values[index] = Value(bytes.Slice(index * size, size), tensor.Type);
        if (tensor.Scale is not { } scale || IsFloat(tensor.Type))
            return values;
        int inner = scale.Scales.Length == 1 ? 1 : tensor.Shape.Skip(scale.Axis + 1).Aggregate(1, (product, places) => product * places);
        for (int index = 0; index < values.Length; index++)
        {
            int place = scale.Scales.Length == 1 ? 0 : index / inner % scale.Scales.Length;
            long zero = scale.Zeros.Length == 0 ? 0 : scale.Zeros[scale.Zeros.Length == 1 ? 0 : place];
            values[index] = scale.Scales[place] * (values[index] - zero);
        }

        return values;
    }

    private static double Value(ReadOnlySpan<byte> bytes, TfliteType type) => type switch
    {
        TfliteType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        TfliteType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        TfliteType.Float64 => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        TfliteType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        TfliteType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        TfliteType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        TfliteType.Int8 => (sbyte)bytes[0],
        _ => bytes[0],
    };

    /// <summary>Bytes of a value; 0 of a type that this reader does not know.</summary>
    private static int SizeOf(TfliteType type) => type switch
    {
        TfliteType.UInt8 or TfliteType.Int8 or TfliteType.Bool => 1,
        TfliteType.Float16 or TfliteType.Int16 => 2,
        TfliteType.Float32 or TfliteType.Int32 => 4,
        TfliteType.Int64 or TfliteType.Float64 => 8,
        _ => 0,
    };
}
