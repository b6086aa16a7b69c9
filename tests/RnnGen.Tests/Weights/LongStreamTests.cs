using System.Buffers.Binary;
using System.Text;
using RnnGen.Runtime;

namespace RnnGen.Tests.Weights;

/// <summary>Lengths and offsets over 2³¹, without as many bytes.</summary>
public sealed class LongStreamTests
{
    private const long Gigabyte = 1L << 30;

    [Theory]
    [InlineData(1)]
    [InlineData(2)] // an offset of 2³¹
    [InlineData(5)] // and more than 32 bits
    public void A_tensor_behind_gigabytes_is_read(int gigabytes)
    {
        long begin = gigabytes * Gigabyte;
        string header = "{" + RawSafetensors.Entry("big", $"[{begin / 4}]", 0, begin) + "," + RawSafetensors.Entry("small", "[3]", begin, begin + 12) + "}";
        using var stream = new SparseStream(header, begin + 12, RawSafetensors.Bytes(1, -2, 3));
        var file = new SafetensorsStream(stream);
        Assert.Equal((begin, begin + 12), (file.Tensors[1].Begin, file.Tensors[1].End));
        Assert.Equal([1, -2, 3], file.Read(file.Tensors[1]));
        file.CheckEnd();
        Assert.Equal([1, -2, 3], file.Read(file.Tensors[1]));
    }

    [Fact]
    public void Bytes_behind_gigabytes_are_too_many_or_too_few()
    {
        const long Begin = 3 * Gigabyte;
        string header = "{" + RawSafetensors.Entry("big", $"[{Begin / 4}]", 0, Begin) + "," + RawSafetensors.Entry("small", "[3]", Begin, Begin + 12) + "}";
        using var shorter = new SparseStream(header, Begin + 11, []);
        using var longer = new SparseStream(header, Begin + 13, []);
        Assert.Equal(
            $"tensor \"small\": expected data_offsets within the file's {Begin + 11} bytes of data, got [{Begin}, {Begin + 12}]",
            Assert.Throws<FormatException>(() => new SafetensorsStream(shorter)).Message);
        Assert.Equal(
            $"safetensors data: expected {Begin + 12} bytes, got {Begin + 13}", Assert.Throws<FormatException>(() => new SafetensorsStream(longer)).Message);
    }

    // A file of somebody else's, far too long for this network: refused by its header, whatever its length.
    [Fact]
    public void A_network_refuses_another_s_long_file_by_name()
    {
        const long Begin = 3 * Gigabyte;
        using var stream = new SparseStream("{" + RawSafetensors.Entry("w", $"[{Begin / 4}]", 0, Begin) + "}", Begin, []);
        using NetworkMemory memory = TinyNetwork.CreateSet();
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Assert.Throws<FormatException>(() => memory.Load(stream)).Message;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Equal($"tensor \"w\": expected shape [2, 3], got [{Begin / 4}]", message);
        Assert.Equal(TinyNetwork.Values, TinyNetwork.Weights(memory));
    }

    // One tensor of more bytes than a span holds.
    [Fact]
    public void Values_of_more_than_two_gigabytes_are_written_whole()
    {
        const int Count = (1 << 29) + 3;
        float[] values = new float[Count];
        values[^1] = 1;
        long length = 0;
        byte[] last = [];
        SafetensorsStream.Write(values, bytes =>
        {
            length += bytes.Length;
            last = bytes[^4..].ToArray();
        });
        Assert.Equal(4L * Count, length);
        Assert.Equal(RawSafetensors.Bytes(1), last);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData((1 << 18) - 1)]
    [InlineData(1 << 18)]
    [InlineData((1 << 18) + 1)]
    [InlineData(700_000)]
    public void Values_are_written_and_read_piece_by_piece(int count)
    {
        float[] values = [.. Enumerable.Range(0, count).Select(i => (float)i)];
        using var stream = new MemoryStream();
        SafetensorsWriter.Write([new SafetensorsValues("w", [count], () => values)], new Dictionary<string, string>(), stream);
        stream.Position = 0;
        var file = new SafetensorsStream(stream);
        Assert.Equal(values, file.Read(file.Tensors[0]));
        file.CheckEnd();
    }

    /// <summary>A file whose data is zeros but for its last bytes.</summary>
    private sealed class SparseStream : Stream
    {
        private readonly byte[] _head;
        private readonly byte[] _tail;

        public SparseStream(string header, long data, byte[] tail)
        {
            byte[] length = new byte[8];
            byte[] json = Encoding.UTF8.GetBytes(header);
            BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
            _head = [.. length, .. json];
            _tail = tail;
            Length = _head.Length + data;
        }

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length { get; }

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = (int)Math.Min(count, Length - Position);
            for (int i = 0; i < read; i++, Position++)
            {
                long fromEnd = Length - Position;
                buffer[offset + i] = Position < _head.Length ? _head[Position] : fromEnd <= _tail.Length ? _tail[^(int)fromEnd] : (byte)0;
            }

            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
