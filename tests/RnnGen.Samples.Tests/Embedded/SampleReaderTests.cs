namespace RnnGen.Samples.Embedded.Tests;

public sealed class SampleReaderTests
{
    private static readonly byte[] PcmFormat = Wav.Chunk("fmt ", Wav.Format(Wav.Pcm, bits: 16));
    private static readonly byte[] Samples = [.. Wav.UInt16(0), .. Wav.UInt16(0x4000), .. Wav.UInt16(0x8000), .. Wav.UInt16(0xFFFF)];
    private static readonly float[] Values = [0, 0.5f, -1, -1 / 32768f];

    public static TheoryData<byte[], float[]> Inputs => new()
    {
        { [], [] },
        { Samples, Values },
        { [.. Samples, 7], Values }, // Half a sample at the end is none.
        { "RIFX"u8.ToArray(), [0x4952 / 32768f, 0x5846 / 32768f] },
        { Wav.MuLaw([0xFF, 0x80, 0x00, 0xFE]), [0, 32124 / 32768f, -32124 / 32768f, 8 / 32768f] },
        { Wav.File(PcmFormat, Wav.Chunk("data", Samples)), Values },
        { Wav.File(Wav.Chunk("LIST", new byte[5001]), PcmFormat, Wav.Chunk("fact", [1]), Wav.Chunk("data", Samples), Wav.Chunk("LIST", [1, 2])), Values },
        { Wav.File(Wav.Chunk("fmt ", Wav.ExtensibleFormat(Wav.SubFormat(Wav.Pcm), 16)), Wav.Chunk("data", Samples)), Values },
        { Wav.File(PcmFormat, Wav.Chunk("data", Samples, length: 0)), Values }, // As programs write into pipes.
        { Wav.File(PcmFormat, Wav.Chunk("data", Samples, length: uint.MaxValue)), Values },
        { Wav.File(PcmFormat, Wav.Chunk("data", Samples, length: 100)), Values }, // Cut off; what came was heard already.
        { Wav.File(PcmFormat, Wav.Chunk("data", Samples, length: 4)), Values[..2] },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Samples_are_the_same_however_they_arrive(byte[] input, float[] expected)
    {
        Assert.Equal(expected, ReadAll(input, piece: int.MaxValue));
        Assert.Equal(expected, ReadAll(input, piece: 1));
        Assert.Equal(expected, ReadAll(input, piece: 3));
    }

    [Fact]
    public void Long_inputs_come_whole()
    {
        byte[] bytes = [.. Enumerable.Range(0, 20_001).SelectMany(i => Wav.UInt16(i & 0x7FFF))];
        Assert.Equal(Enumerable.Range(0, 20_001).Select(i => i / 32768f), ReadAll(bytes, piece: 1000));
    }

    [Fact]
    public void What_has_arrived_is_not_kept_waiting()
    {
        var reader = new SampleReader(new Drip([.. Samples, .. Samples], piece: 12), "it");
        var samples = new float[100];
        Assert.Equal((6, 2, 0), (reader.Read(samples), reader.Read(samples), reader.Read(samples)));
    }

    public static TheoryData<byte[], string> BadInputs => new()
    {
        { Wav.File(), "no fmt chunk" },
        { Wav.File(PcmFormat), "no data chunk" },
        { Wav.File(Wav.Chunk("data", [1, 2])), "no fmt chunk before the data" },
        { Wav.File(Wav.Chunk("fmt ", Wav.Format(rate: 44100)), Wav.Chunk("data", [1, 2])), "expected 8000 Hz, got 44100 Hz" },
        { Wav.File(Wav.Chunk("fmt ", Wav.Format()[..14]), Wav.Chunk("data", [1, 2])), "expected a fmt chunk of at least 16 bytes, got 14" },
        { Wav.File(PcmFormat)[..30], "expected a fmt chunk of at least 16 bytes, got 10" },
    };

    [Theory]
    [MemberData(nameof(BadInputs))]
    public void Bad_inputs_are_named(byte[] input, string message)
    {
        Assert.Equal($"it: {message}", Assert.Throws<FormatException>(() => ReadAll(input, piece: int.MaxValue)).Message);
        Assert.Equal($"it: {message}", Assert.Throws<FormatException>(() => ReadAll(input, piece: 1)).Message);
    }

    private static List<float> ReadAll(byte[] input, int piece)
    {
        var reader = new SampleReader(new Drip(input, piece), "it");
        var all = new List<float>();
        var samples = new float[300];
        for (int count; (count = reader.Read(samples)) > 0;)
            all.AddRange(samples.AsSpan(0, count));
        return all;
    }

    /// <summary>Bytes that arrive piece by piece.</summary>
    private sealed class Drip(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(piece, buffer.Length)]);
    }
}
