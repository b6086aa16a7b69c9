using System.Buffers.Binary;
using System.Text;

namespace RnnGen.Formats.Onnx;

/// <summary>A field of a message: a number, or the place of its bytes.</summary>
internal readonly record struct ProtobufField(int Number, ulong Value, ProtobufMessage Bytes, bool IsBytes)
{
    /// <summary>A field of type <c>int32</c>, <c>int64</c> or an enumeration.</summary>
    public long Integer => IsBytes ? throw Bytes.Damage($"expected a number in field {Number}, got bytes") : (long)Value;

    /// <summary>A field of type <c>float</c>.</summary>
    public float Float => IsBytes ? throw Bytes.Damage($"expected a number in field {Number}, got bytes") : BitConverter.UInt32BitsToSingle((uint)Value);

    /// <summary>A field of type <c>string</c>.</summary>
    public string Text => Encoding.UTF8.GetString(Message.Span);

    /// <summary>A field of type <c>bytes</c> or a message.</summary>
    public ProtobufMessage Message => IsBytes ? Bytes : throw Bytes.Damage($"expected bytes in field {Number}, got a number");
}

/// <summary>
/// A part of a file in protobuf's wire format. The format is four kinds of fields one after another, so that reading it needs neither a library nor generated
/// code; every length is checked against the bytes that are there.
/// </summary>
internal readonly record struct ProtobufMessage(byte[] File, int Start, int Length)
{
    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Span => File.AsSpan(Start, Length);

    /// <summary>Its fields in their order.</summary>
    public IEnumerable<ProtobufField> Fields()
    {
        int at = Start;
        while (at < Start + Length)
        {
            ulong tag = Varint(ref at);
            (int number, int type) = ((int)(tag >> 3) & 0x1FFFFFFF, (int)(tag & 7));
            if (number == 0 || tag > uint.MaxValue)
                throw Damage($"expected a field, got the tag {tag}", at);
            switch (type)
            {
                case 0:
                    yield return new(number, Varint(ref at), this, false);
                    break;
                case 1:
                    yield return new(number, BinaryPrimitives.ReadUInt64LittleEndian(Take(ref at, sizeof(ulong)).Span), this, false);
                    break;
                case 2:
                    ulong length = Varint(ref at);
                    yield return new(number, 0, Take(ref at, length), true);
                    break;
                case 5:
                    yield return new(number, BinaryPrimitives.ReadUInt32LittleEndian(Take(ref at, sizeof(uint)).Span), this, false);
                    break;
                default:
                    throw Damage($"expected a wire type of 0, 1, 2 or 5, got {type}", at);
            }
        }
    }

    /// <summary>Numbers one after the other: a packed field of a variable length type.</summary>
    public List<long> Varints()
    {
        List<long> numbers = [];
        for (int at = Start; at < Start + Length;)
            numbers.Add((long)Varint(ref at));
        return numbers;
    }

    /// <summary>An exception that says where in the file it is.</summary>
    public FormatException Damage(string what, int? at = null) => new($"at byte {at ?? Start}: {what}");

    private ProtobufMessage Take(ref int at, ulong length)
    {
        if (length > (ulong)(Start + Length - at))
            throw Damage($"expected {length} bytes, got {Start + Length - at}", at);
        var part = new ProtobufMessage(File, at, (int)length);
        at += (int)length;
        return part;
    }

    private ulong Varint(ref int at)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64 && at < Start + Length; shift += 7)
        {
            byte next = File[at++];
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
                return value;
        }

        throw Damage("expected a number of at most 10 bytes, got none that ends", at);
    }
}
