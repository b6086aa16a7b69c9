using System.Buffers.Binary;
using System.Text;

namespace RnnGen.Tests.Dl4j;

/// <summary>
/// An ND4J array: two buffers, each a string (how it was allocated), its length as an int64, a string (its type) and its elements, all big-endian. The first is
/// the shape (rank, sizes, strides, flags, element-wise stride, order), the second the values.
/// </summary>
internal static class Nd4jFile
{
    /// <summary>The values, as they lie.</summary>
    public static float[] Read(byte[] file)
    {
        int at = 0;
        SkipText(file, ref at);
        at += sizeof(long) + (int)BinaryPrimitives.ReadInt64BigEndian(file.AsSpan(at)) * sizeof(long) + 2 + "LONG".Length;
        SkipText(file, ref at);
        int count = (int)BinaryPrimitives.ReadInt64BigEndian(file.AsSpan(at));
        at += sizeof(long);
        Assert.Equal("FLOAT", SkipText(file, ref at));
        Assert.Equal(file.Length, at + count * sizeof(float));
        return [.. Enumerable.Range(0, count).Select(i => BinaryPrimitives.ReadSingleBigEndian(file.AsSpan(at + i * sizeof(float))))];
    }

    private static string SkipText(byte[] file, ref int at)
    {
        int length = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at));
        at += 2 + length;
        return Encoding.UTF8.GetString(file, at - length, length);
    }
}
