using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using RnnGen.Runtime;
using RnnGen.Tests.Memory;
using RnnGen.Tests.Numerics;

namespace RnnGen.Tests.Weights;

public sealed class SafetensorsTests
{
    [Fact]
    public void What_is_saved_is_this_to_the_byte()
    {
        string json = """{"__metadata__":{"format":"pt"},""" + TinyNetwork.Header[1..];
        string padded = json.PadRight((json.Length + 7) / 8 * 8);
        byte[] expected = RawSafetensors.Of((ulong)padded.Length, Encoding.ASCII.GetBytes(padded), RawSafetensors.Bytes(TinyNetwork.Values));
        using NetworkMemory memory = TinyNetwork.CreateSet();
        Assert.Equal(expected, TinyNetwork.Save(memory));
    }

    /// <summary>NativeAOT puts resources at any byte: what is part of the program is packed from where it lies.</summary>
    [Fact]
    public void Values_at_any_byte_are_read_where_they_lie()
    {
        using var network = new LstmClassifier(seed: 1);
        using var file = new MemoryStream();
        network.Save(file);
        int length = (int)file.Length;
        byte[] bytes = new byte[length + 3];
        long[] allocated = new long[4];
        for (int shift = 0; shift < allocated.Length; shift++)
        {
            file.ToArray().CopyTo(bytes, shift);
            using var loaded = new LstmClassifier(seed: 2);
            long least = long.MaxValue;
            for (int round = 0; round < 5; round++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                Memory(loaded).Load(bytes.AsSpan(shift, length));
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            allocated[shift] = least;
            Assert.Equal(Memory(network).PackedWeights, Memory(loaded).PackedWeights);
        }

        Assert.All(allocated, each => Assert.Equal(allocated[0], each));
        Assert.InRange(allocated[0], 0, length / 2); // Names and shapes.

        static NetworkMemory Memory(LstmClassifier network) => ((INetwork<LstmClassifier>)network).Memory;
    }

    [Fact]
    public void What_is_saved_is_aligned_and_read_by_another_parser()
    {
        using var memory = new NetworkMemory(TestLayouts.Network());
        memory.Initialize(3);
        byte[] file = TinyNetwork.Save(memory);
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        Assert.Equal(0, (8 + length) % 8);
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, length));
        foreach (Parameter parameter in memory.Parameters)
        {
            JsonElement entry = header.RootElement.GetProperty(parameter.Name);
            Assert.Equal("F32", entry.GetProperty("dtype").GetString());
            Assert.Equal(parameter.Shape, entry.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt32()));
            int[] offsets = [.. entry.GetProperty("data_offsets").EnumerateArray().Select(offset => 8 + length + offset.GetInt32())];
            Assert.Equal(RawSafetensors.Bytes(parameter.ToArray()), file[offsets[0]..offsets[1]]);
        }
    }

    [Fact]
    public void What_is_saved_comes_back_by_every_road()
    {
        using var memory = new NetworkMemory(TestLayouts.Network());
        memory.Initialize(3);
        byte[] file = TinyNetwork.Save(memory);

        foreach (Action<NetworkMemory> load in (Action<NetworkMemory>[])
            [
                network => network.Load(file),
                network => network.Load(new MemoryStream(file)),
                network => network.Load(new TrickleStream(file)),
            ])
        {
            using var copy = new NetworkMemory(TestLayouts.Network(block: 16));
            load(copy);
            Assert.Equal(TinyNetwork.Weights(memory), TinyNetwork.Weights(copy));
            Assert.Equal(file, TinyNetwork.Save(copy));
        }
    }

    [Fact]
    public void A_stream_is_read_from_where_it_stands_and_stays_open()
    {
        using NetworkMemory memory = TinyNetwork.CreateSet();
        using var stream = new MemoryStream();
        stream.Write([1, 2, 3]);
        memory.Save(stream);
        stream.Position = 3;
        using NetworkMemory copy = TinyNetwork.Create();
        copy.Load(stream);
        Assert.Equal(TinyNetwork.Values, TinyNetwork.Weights(copy));
        Assert.True(stream.CanRead);
    }

    [Fact]
    public void Order_metadata_and_white_space_of_a_foreign_file_do_not_matter()
    {
        // Data in another order than the parameters, a header of an odd length: the values start at an odd byte.
        string header = "{ " + RawSafetensors.Entry("w", "[2, 3]", 8, 32) + ",\n\"__metadata__\":{\"made by\":\"h\\u00e4nd\"}, "
            + RawSafetensors.Entry("b", "[2]", 0, 8) + "}";
        header += header.Length % 2 == 0 ? " " : "";
        byte[] file = RawSafetensors.Of((ulong)header.Length, Encoding.ASCII.GetBytes(header), RawSafetensors.Bytes(7, 8, 1, 2, 3, 4, 5, 6));
        using NetworkMemory memory = TinyNetwork.Create();
        memory.Load(file);
        Assert.Equal(TinyNetwork.Values, TinyNetwork.Weights(memory));
    }

    [Fact]
    public void Extreme_values_survive()
    {
        using NetworkMemory memory = TinyNetwork.Create();
        float[] extremes = [float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon, -0f, 1e-40f];
        memory.Parameters["w"].Set(extremes);
        using NetworkMemory copy = TinyNetwork.Create();
        copy.Load(TinyNetwork.Save(memory));
        Assert.Equal(extremes.Select(BitConverter.SingleToUInt32Bits), copy.Parameters["w"].ToArray().Select(BitConverter.SingleToUInt32Bits));
    }

    [Fact]
    public void A_name_of_any_script_survives()
    {
        int end = 0;
        ParameterLayout parameter = TestLayouts.Parameter("名前 \"ä\" 😀.weight", [0], 2, 3, 8, ref end);
        var layout = new NetworkLayout("Named", 3, 2, false, OutputActivation.Identity, [parameter], [], end, 0, 0);
        using var memory = new NetworkMemory(layout);
        memory.Initialize(1);
        using var copy = new NetworkMemory(layout);
        copy.Load(TinyNetwork.Save(memory));
        Assert.Equal(TinyNetwork.Weights(memory), TinyNetwork.Weights(copy));
    }

    [Fact]
    public void A_missing_file_is_a_missing_file()
    {
        using NetworkMemory memory = TinyNetwork.Create();
        Assert.Throws<FileNotFoundException>(() => memory.Load(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())));
        Assert.Throws<ArgumentNullException>(() => memory.Load((Stream)null!));
        Assert.Throws<ArgumentNullException>(() => memory.Save((Stream)null!));
    }

    // A stream that cannot seek and gives a few bytes at a time, as a network does.
    private sealed class TrickleStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 7));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 7)]);
    }
}
