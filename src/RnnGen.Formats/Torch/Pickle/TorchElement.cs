using System.Buffers.Binary;

namespace RnnGen.Formats.Torch;

/// <summary>A type of numbers as PyTorch stores them.</summary>
/// <param name="Name">As PyTorch calls it: <c>float32</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Read">One of them, least byte first, as a float; null for integers, of which a network has no weights.</param>
internal sealed record TorchElement(string Name, int Size, Func<ReadOnlySpan<byte>, float>? Read)
{
    private static readonly Dictionary<string, TorchElement> ByStorage = new(StringComparer.Ordinal)
    {
        ["torch.FloatStorage"] = new("float32", 4, BinaryPrimitives.ReadSingleLittleEndian),
        ["torch.DoubleStorage"] = new("float64", 8, bytes => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
        ["torch.HalfStorage"] = new("float16", 2, bytes => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes)),
        ["torch.BFloat16Storage"] = new("bfloat16", 2, bytes => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16)),
        ["torch.LongStorage"] = new("int64", 8, null),
        ["torch.IntStorage"] = new("int32", 4, null),
        ["torch.ShortStorage"] = new("int16", 2, null),
        ["torch.CharStorage"] = new("int8", 1, null),
        ["torch.ByteStorage"] = new("uint8", 1, null),
        ["torch.BoolStorage"] = new("bool", 1, null),
    };

    /// <summary>The type of a storage's class, <c>torch.FloatStorage</c>; null for any other name.</summary>
    public static TorchElement? OfStorage(string name) => ByStorage.GetValueOrDefault(name);
}
