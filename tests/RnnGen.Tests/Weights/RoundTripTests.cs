using System.Text;
using CsCheck;
using RnnGen.Runtime;

namespace RnnGen.Tests.Weights;

/// <summary>What is written is read again, to the bit; what no reader takes is not written, and not set.</summary>
public sealed class RoundTripTests : IDisposable
{
    private static readonly float[] Special =
    [
        0, -0f, 1, float.Epsilon, -float.Epsilon, 1.17549421e-38f, 1.17549435e-38f, float.MaxValue, float.MinValue,
        float.PositiveInfinity, float.NegativeInfinity, float.NaN,
        BitConverter.UInt32BitsToSingle(0x7F800001), BitConverter.UInt32BitsToSingle(0xFFC12345), // signalling, with a payload
    ];

    /// <summary>Any bits, special ones often; most arrays are finite.</summary>
    public static readonly Gen<float[]> Values = Gen.Frequency((3, Mixed([.. Special.Where(float.IsFinite)]).Array[8]), (1, Mixed(Special).Array[8]));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rnngen-round-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_Save_takes_comes_back_with_the_same_bits_and_the_rest_leaves_the_old_file()
    {
        string path = Path.Combine(_folder.FullName, "weights");
        using NetworkMemory first = TinyNetwork.CreateSet();
        first.Save(path);
        int refused = 0;
        Values.Sample(
            values =>
            {
                byte[] old = File.ReadAllBytes(path);
                using NetworkMemory memory = Put(values);
                using var stream = new MemoryStream();
                if (Array.TrueForAll(values, float.IsFinite))
                {
                    memory.Save(path);
                    memory.Save(stream);
                    using NetworkMemory fromFile = TinyNetwork.Create(), fromStream = TinyNetwork.Create(), fromBytes = TinyNetwork.Create();
                    fromFile.Load(path);
                    stream.Position = 0;
                    fromStream.Load(stream);
                    fromBytes.Load(stream.ToArray());
                    Assert.All([fromFile, fromStream, fromBytes], loaded => Assert.Equal(Bits(values), Bits(TinyNetwork.Weights(loaded))));
                }
                else
                {
                    refused++;
                    string message = Assert.Throws<ArithmeticException>(() => memory.Save(path)).Message;
                    Assert.StartsWith($"{path}: expected finite weights of Tiny, got ", message, StringComparison.Ordinal);
                    Assert.Throws<ArithmeticException>(() => memory.Save(stream));
                    Assert.Equal(0, stream.Length);
                    Assert.Equal(old, File.ReadAllBytes(path));
                }
            },
            iter: 1_000,
            threads: 1);
        Assert.InRange(refused, 20, 980);
    }

    [Fact]
    public void Set_takes_what_Load_takes() => Values.Sample(
        values =>
        {
            byte[] header = Encoding.UTF8.GetBytes(TinyNetwork.Header);
            byte[] file = RawSafetensors.Of((ulong)header.Length, header, RawSafetensors.Bytes(values));
            using NetworkMemory set = TinyNetwork.CreateSet(), loaded = TinyNetwork.CreateSet();
            Exception? ofSet = Record.Exception(() => set.Parameters["w"].Set(values.AsSpan(0, 6)))
                ?? Record.Exception(() => set.Parameters["b"].Set(values.AsSpan(6)));
            Exception? ofLoad = Record.Exception(() => loaded.Load(file));
            Assert.Equal(ofLoad is null, ofSet is null);
            if (ofSet is not null)
            {
                Assert.Equal("source", Assert.IsType<ArgumentException>(ofSet).ParamName);
                string what = ofLoad!.Message[(ofLoad.Message.IndexOf("got ", StringComparison.Ordinal))..];
                Assert.Contains(what, ofSet.Message, StringComparison.Ordinal);
                Assert.Equal(TinyNetwork.Values, TinyNetwork.Weights(loaded));
            }
            else
            {
                Assert.Equal(Bits(values), Bits(TinyNetwork.Weights(set)));
                Assert.Equal(Bits(values), Bits(TinyNetwork.Weights(loaded)));
            }
        },
        iter: 1_000);

    [Fact]
    public void A_parameter_that_refuses_values_keeps_its_own()
    {
        using NetworkMemory memory = TinyNetwork.CreateSet();
        var error = Assert.Throws<ArgumentException>("source", () => memory.Parameters["b"].Set([0, float.NegativeInfinity]));
        Assert.StartsWith("source: expected finite values of b, got -infinity at index 1", error.Message, StringComparison.Ordinal);
        Assert.Equal(TinyNetwork.Values, TinyNetwork.Weights(memory));
    }

    [Fact]
    public void The_message_names_tensor_index_and_value()
    {
        using NetworkMemory memory = Put([1, 2, 3, 4, 5, 6, 7, float.PositiveInfinity]);
        string message = Assert.Throws<ArithmeticException>(() => memory.Save(new MemoryStream())).Message;
        Assert.Equal("stream: expected finite weights of Tiny, got infinity in b at index 1: nothing is written", message);
    }

    // A history of millions of epochs, say.
    [Fact]
    public void Texts_that_no_reader_takes_are_not_written()
    {
        using var stream = new MemoryStream();
        foreach (int length in new[] { SafetensorsHeader.MaxLength - 10, SafetensorsHeader.MaxLength + 1, 200_000_000 })
        {
            var texts = new Dictionary<string, string> { ["history"] = new('x', length) };
            Assert.Contains(
                "expected at most 100000000 bytes",
                Assert.Throws<InvalidOperationException>(() => SafetensorsWriter.Write([], texts, stream)).Message,
                StringComparison.Ordinal);
        }

        Assert.Equal(0, stream.Length);
    }

    private static Gen<float> Mixed(float[] special) => Gen.Frequency(
        (3, Gen.UInt.Select(BitConverter.UInt32BitsToSingle).Where(float.IsFinite)), (1, Gen.Int[0, special.Length - 1].Select(index => special[index])));

    private static NetworkMemory Put(float[] values)
    {
        NetworkMemory memory = TinyNetwork.Create();
        memory.Parameters["w"].Replace(values.AsSpan(0, 6)); // as an update may leave them
        memory.Parameters["b"].Replace(values.AsSpan(6));
        return memory;
    }

    private static IEnumerable<uint> Bits(float[] values) => values.Select(BitConverter.SingleToUInt32Bits);
}
