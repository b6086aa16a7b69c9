using System.Buffers.Binary;

namespace RnnGen.Runtime;

/// <summary>How a file stores a number: the types that are read as 32-bit floats without a loss.</summary>
internal enum TensorType
{
    /// <summary>IEEE 754 binary32.</summary>
    F32,

    /// <summary>IEEE 754 binary16.</summary>
    F16,

    /// <summary>The upper half of a binary32.</summary>
    BF16,
}

/// <summary>What there is to know of a <see cref="TensorType"/>.</summary>
internal static class TensorTypes
{
    /// <summary>The type of a name in a file's header.</summary>
    public static bool TryParse(string name, out TensorType type)
    {
        type = name switch { "F16" => TensorType.F16, "BF16" => TensorType.BF16, _ => TensorType.F32 };
        return name is "F32" or "F16" or "BF16";
    }

    /// <summary>Bytes a number.</summary>
    public static int SizeOf(TensorType type) => type == TensorType.F32 ? sizeof(float) : sizeof(ushort);

    /// <summary>Numbers as 32-bit floats.</summary>
    /// <param name="bytes">The numbers, little-endian.</param>
    /// <param name="type">Their type.</param>
    /// <param name="values">Receives them: as many as there are.</param>
    public static void Widen(ReadOnlySpan<byte> bytes, TensorType type, Span<float> values)
    {
        for (int index = 0; index < values.Length; index++)
            values[index] = type switch
            {
                TensorType.F16 => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(sizeof(ushort) * index)..]),
                TensorType.BF16 => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes[(sizeof(ushort) * index)..]) << 16),
                _ => BinaryPrimitives.ReadSingleLittleEndian(bytes[(sizeof(float) * index)..]),
            };
    }
}
