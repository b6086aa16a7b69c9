namespace RnnGen.Samples.Audio.Tests;

public sealed class WavReaderTests
{
    private const string Name = "take.wav";

    [Fact]
    public void Reads_mu_law() =>
        Assert.Equal([0, 32124 / 32768f, -32124 / 32768f, 8 / 32768f], WavReader.Read(Wav.MuLaw([0xFF, 0x80, 0x00, 0xFE]), Name));

    [Fact]
    public void Reads_16_bit_PCM()
    {
        byte[] file = Wav.File(
            Wav.Chunk("fmt ", Wav.Format(Wav.Pcm, bits: 16)),
            Wav.Chunk("data", [.. Wav.UInt16(0), .. Wav.UInt16(0x4000), .. Wav.UInt16(0x8000), .. Wav.UInt16(0xFFFF)]));
        Assert.Equal([0, 0.5f, -1, -1 / 32768f], WavReader.Read(file, Name));
    }

    [Theory]
    [InlineData(Wav.MuLawTag, 8)]
    [InlineData(Wav.Pcm, 16)]
    public void Reads_extensible_formats(int tag, int bits)
    {
        byte[] file = Wav.File(Wav.Chunk("fmt ", Wav.ExtensibleFormat(Wav.SubFormat(tag), bits)), Wav.Chunk("data", new byte[4]));
        Assert.Equal(32 / bits, WavReader.Read(file, Name).Length);
    }

    [Fact]
    public void Steps_over_other_chunks_of_odd_length()
    {
        byte[] file = Wav.File(
            Wav.Chunk("JUNK", [1, 2, 3]),
            Wav.Chunk("fmt ", Wav.Format()),
            Wav.Chunk("LIST", [9]),
            Wav.Chunk("fact", [4, 0, 0, 0]),
            Wav.Chunk("data", [0x80, 0xFF, 0xFF]),
            Wav.Chunk("LIST", [1, 2]));
        Assert.Equal([32124 / 32768f, 0, 0], WavReader.Read(file, Name));
    }

    [Fact]
    public void Reads_an_odd_data_chunk_whose_padding_is_missing() => Assert.Equal(3, WavReader.Read(Wav.MuLaw([1, 2, 3])[..^1], Name).Length);

    [Fact]
    public void Reads_a_data_chunk_without_samples() => Assert.Empty(WavReader.Read(Wav.MuLaw([]), Name));

    public static TheoryData<byte[], string> BadFiles => new()
    {
        { [], "the file is empty" },
        { "RIFF"u8.ToArray(), "not a RIFF/WAVE file" },
        { "This is a text, not a recording."u8.ToArray(), "not a RIFF/WAVE file" },
        { Wav.Chunk("RIFF", [.. "AVI "u8, 0, 0, 0, 0]), "not a RIFF/WAVE file" },
        { Wav.File(), "no fmt chunk" },
        { Wav.File(Wav.Chunk("fmt ", Wav.Format())), "no data chunk" },
        { Wav.File(Wav.Chunk("data", [1, 2])), "no fmt chunk before the data" },
        { Wav.File(Wav.Chunk("data", [1, 2]), Wav.Chunk("fmt ", Wav.Format())), "no fmt chunk before the data" },
        { Wav.MuLaw(new byte[300])[..^100], "truncated: the data chunk should have 300 bytes, the file has 200 more" },
        { WithData([1, 2], length: uint.MaxValue), "truncated: the data chunk should have 4294967295 bytes, the file has 2 more" },
        { Wav.File(Wav.Chunk("LI\nT", [1, 2], length: 0x7FFFFFFF)), "truncated: the LI?T chunk should have 2147483647 bytes, the file has 2 more" },
        { Wav.File(Wav.Chunk("fmt ", Wav.Format()[..14])), "expected a fmt chunk of at least 16 bytes, got 14" },
        { WithFormat(Wav.Format(rate: 44100)), "expected 8000 Hz, got 44100 Hz" },
        { WithFormat(Wav.Format(rate: 0)), "expected 8000 Hz, got 0 Hz" },
        { WithFormat(Wav.Format(channels: 2)), "expected 1 channel, got 2" },
        { WithFormat(Wav.Format(channels: 0, blockBytes: 1)), "expected 1 channel, got 0" },
        { WithFormat(Wav.Format(tag: 6)), "expected µ-law (format 7) or 16-bit PCM (format 1), got format 6" },
        { WithFormat(Wav.Format(tag: 3, bits: 32)), "expected µ-law (format 7) or 16-bit PCM (format 1), got format 3" },
        { WithFormat(Wav.Format(Wav.Pcm, bits: 8)), "expected 16 bits per sample, got 8" },
        { WithFormat(Wav.Format(Wav.Pcm, bits: 24)), "expected 16 bits per sample, got 24" },
        { WithFormat(Wav.Format(bits: 16)), "expected 8 bits per sample, got 16" },
        { WithFormat(Wav.Format(Wav.Pcm, bits: 16, blockBytes: 4)), "expected 2 bytes per block, got 4" },
        { WithFormat(Wav.Format(Wav.Pcm, bits: 16, blockBytes: 0)), "expected 2 bytes per block, got 0" },
        { WithFormat(Wav.Format(Wav.Extensible)), "expected an extensible fmt chunk of at least 40 bytes, got 16" },
        {
            WithFormat(Wav.ExtensibleFormat(new Guid("11111111-2222-3333-4444-555555555555"), 8)),
            "expected µ-law (format 7) or 16-bit PCM (format 1), got sub-format 11111111-2222-3333-4444-555555555555"
        },
        { WithFormat(Wav.ExtensibleFormat(Wav.SubFormat(3), 32)), "expected µ-law (format 7) or 16-bit PCM (format 1), got format 3" },
        {
            Wav.File(Wav.Chunk("fmt ", Wav.Format(Wav.Pcm, bits: 16)), Wav.Chunk("data", [1, 2, 3])),
            "expected a data chunk of whole 16-bit samples, got 3 bytes"
        },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void Bad_files_are_named_in_one_line(byte[] file, string message)
    {
        var exception = Assert.Throws<FormatException>(() => WavReader.Read(file, Name));
        Assert.Equal($"{Name}: {message}", exception.Message);
    }

    [Fact]
    public void Any_prefix_of_a_file_is_read_or_refused()
    {
        byte[] file = Wav.File(Wav.Chunk("fmt ", Wav.ExtensibleFormat(Wav.SubFormat(Wav.Pcm), 16)), Wav.Chunk("LIST", [1]), Wav.Chunk("data", new byte[10]));
        for (int length = 0; length < file.Length; length++)
            Assert.Throws<FormatException>(() => WavReader.Read(file.AsSpan(0, length), Name));
        Assert.Equal(5, WavReader.Read(file, Name).Length);
    }

    [Fact]
    public void Any_damaged_byte_is_read_or_refused()
    {
        byte[] good = Wav.File(
            Wav.Chunk("fmt ", Wav.ExtensibleFormat(Wav.SubFormat(Wav.MuLawTag), 8)), Wav.Chunk("LIST", [1]), Wav.Chunk("data", new byte[10]));
        foreach (byte wrong in (byte[])[0, 1, 0x7F, 0x80, 0xFF])
        {
            for (int i = 0; i < good.Length; i++)
            {
                byte[] file = [.. good];
                file[i] = wrong;
                Exception? exception = Record.Exception(() => WavReader.Read(file, Name));
                Assert.True(exception is null or FormatException, $"byte {i} as {wrong}: {exception}");
            }
        }
    }

    [Fact]
    public void Reads_from_the_disk()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("take.wav", Wav.MuLaw([0x80]));
        Assert.Equal([32124 / 32768f], WavReader.Read(path));
    }

    [Theory]
    [InlineData(Wav.Pcm, 16, new byte[] { 0, 0x40, 0, 0x80 })]
    [InlineData(Wav.Pcm, 24, new byte[] { 0, 0, 0x40, 0, 0, 0x80 })]
    [InlineData(Wav.Pcm, 32, new byte[] { 0, 0, 0, 0x40, 0, 0, 0, 0x80 })]
    [InlineData(3, 32, new byte[] { 0, 0, 0, 0x3F, 0, 0, 0x80, 0xBF })]
    public void Reads_what_recorders_write_where_it_is_taken(int tag, int bits, byte[] samples)
    {
        byte[] file = Wav.File(Wav.Chunk("fmt ", Wav.Format(tag, bits: bits, rate: 48000)), Wav.Chunk("data", samples));
        WavAudio audio = WavReader.Read(file, Name, WavKinds.Any);
        Assert.Equal([0.5f, -1], audio.Samples);
        Assert.Equal(48000, audio.Rate);
    }

    [Fact]
    public void A_rate_of_zero_is_refused_where_any_is_taken()
    {
        byte[] file = Wav.File(Wav.Chunk("fmt ", Wav.Format(Wav.Pcm, bits: 16, rate: 0)), Wav.Chunk("data", [1, 2]));
        var exception = Assert.Throws<FormatException>(() => WavReader.Read(file, Name, WavKinds.Any));
        Assert.Equal($"{Name}: expected a rate from 1 to 2147483647 Hz, got 0 Hz", exception.Message);
    }

    [Fact]
    public void What_was_written_is_read_and_what_is_too_loud_is_clipped()
    {
        using var folder = new TemporaryFolder();
        WavWriter.Write(folder["take.wav"], new WavAudio(44100, [0, 0.5f, -1, 1 / 32768f, 1.5f, -2]));
        WavAudio audio = WavReader.Read(folder["take.wav"], WavKinds.Any);
        Assert.Equal([0, 0.5f, -1, 1 / 32768f, 32767 / 32768f, -1], audio.Samples);
        Assert.Equal(44100, audio.Rate);
    }

    private static byte[] WithFormat(byte[] format) => Wav.File(Wav.Chunk("fmt ", format), Wav.Chunk("data", new byte[8]));

    private static byte[] WithData(byte[] data, uint length) => Wav.File(Wav.Chunk("fmt ", Wav.Format()), Wav.Chunk("data", data, length));
}
