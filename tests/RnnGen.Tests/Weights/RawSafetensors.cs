using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace RnnGen.Tests.Weights;

/// <summary>Puts safetensors files together by hand, good ones and others.</summary>
internal static class RawSafetensors
{
    /// <summary>A header's length, the header, zeroed data.</summary>
    public static byte[] Of(string header, int dataLength = 0) =>
        Of((ulong)Encoding.UTF8.GetByteCount(header), Encoding.UTF8.GetBytes(header), new byte[dataLength]);

    /// <summary>A claimed length, then whatever follows.</summary>
    public static byte[] Of(ulong length, byte[] header, byte[] data)
    {
        var file = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        return [.. file, .. header, .. data];
    }

    /// <summary>A tensor's entry.</summary>
    public static string Entry(string name, string shape, long begin, long end, string dtype = "F32") =>
        $"\"{name}\":{{\"dtype\":\"{dtype}\",\"shape\":{shape},\"data_offsets\":[{begin},{end}]}}";

    /// <summary>Little-endian floats.</summary>
    public static byte[] Bytes(params float[] values) => MemoryMarshal.AsBytes<float>(values).ToArray();
}
