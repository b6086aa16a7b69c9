using RnnGen.Formats.Keras;

namespace RnnGen.Formats.Tests.Keras;

/// <summary>Files that are damaged: read, or refused by a <see cref="FormatException"/>, in memory and time that depend on their size.</summary>
public sealed class KerasDamageTests
{
    // Twenty times what a sound file takes on a slow machine: what loops takes forever, what believes a size takes gigabytes.
    private const long MaxBytes = 256L << 20;

    // More of them for a longer search.
    private static readonly int Mutations = int.TryParse(Environment.GetEnvironmentVariable("RNNGEN_MUTATIONS"), out int count) ? count : 150;

    public static TheoryData<string> Files =>
    [
        "bidirectional_lstm_tensorflow_1.h5", "bidirectional_lstm_tensorflow_2.h5", "bidirectional_lstm_no_return_sequences_tensorflow_2.h5", "keras3_lstm_dropout_dense.keras", "lstm_functional_tf_keras_2.h5",
        "masking_two_lstm.h5", "masking_zero_lstm.h5", "simple_flatten_lstm_tf_keras_2_model.h5", "simple_flatten_rnn_tf_keras_2_model.h5", "simple_lstm_tf_keras_1_model.h5",
        "simple_lstm_tf_keras_2_model.h5", "simple_lstm_tf_keras_2_weights.h5", "simple_rnn_tf_keras_2_model.h5",
    ];

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Damaged_files_are_refused_or_read(string name)
    {
        byte[] sound = File.ReadAllBytes(RnnGen.Tests.SharedFolder.Get("models", "keras", name));
        for (int seed = 0; seed < Mutations; seed++)
            Try(name, seed, Mutated(sound, seed));
    }

    [Fact]
    public void Damaged_archives_of_our_own_are_too()
    {
        byte[] sound = KerasWriter.Write(LayerCases.Get("Graph"));
        for (int seed = 0; seed < 4 * Mutations; seed++)
            Try("written.keras", seed, Mutated(sound, seed));
    }

    [Fact]
    public void An_archive_that_expands_beyond_measure_is_refused()
    {
        using var bytes = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(bytes, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string name in new[] { "config.json", "model.weights.h5" })
            {
                using Stream entry = zip.CreateEntry(name).Open();
                entry.Write(new byte[10_000_000]);
            }
        }

        string message = Assert.Throws<FormatException>(() => ModelFormats.Read(new ModelFile("bomb.keras", bytes.ToArray()), ImportOptions.Default)).Message;
        Assert.Contains("from an archive of this size", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_that_claims_more_than_it_has_takes_no_memory()
    {
        // The directory says of config.json that it has 60 times the file's bytes: a size that is checked only where it is read would be taken at once.
        byte[] file = KerasWriter.Write(RandomModel.Of(64, new DenseAttribute(4096)));
        int entry = file.AsSpan().LastIndexOf("config.json"u8) - 46;
        Assert.Equal("PK\x1\x2"u8.ToArray(), file[entry..(entry + 4)]);
        int claimed = 60 * file.Length;
        BitConverter.TryWriteBytes(file.AsSpan(entry + 24), claimed);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<FormatException>(() => ModelFormats.Read(new ModelFile("claims.keras", file), ImportOptions.Default));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, claimed - 1);
    }

    [Fact]
    public void An_archive_with_two_entries_of_one_name_is_refused()
    {
        byte[] sound = KerasWriter.Write(RandomModel.Of(3, new DenseAttribute(2)));
        using var bytes = new MemoryStream();
        bytes.Write(sound);
        using (var zip = new System.IO.Compression.ZipArchive(bytes, System.IO.Compression.ZipArchiveMode.Update, leaveOpen: true))
            zip.CreateEntry("config.jsom").Open().Dispose();
        byte[] file = bytes.ToArray();
        for (int at; (at = file.AsSpan().IndexOf("config.jsom"u8)) >= 0;)
            file[at + "config.json".Length - 1] = (byte)'n';
        Assert.Throws<FormatException>(() => ModelFormats.Read(new ModelFile("twice.keras", file), ImportOptions.Default));
    }

    private static void Try(string name, int seed, byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            ModelFormats.Read(new ModelFile(name, file), ImportOptions.Default);
        }
        catch (FormatException refusal)
        {
            Assert.NotEmpty(refusal.Message);
        }
        catch (Exception other)
        {
            Assert.Fail($"{name}, mutation {seed}: {other}");
        }

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MaxBytes, $"{name}, mutation {seed}: {GC.GetAllocatedBytesForCurrentThread() - before} bytes");
    }

    /// <summary>Some bytes changed, most often where files say what they hold; or a part lost, or a part doubled.</summary>
    private static byte[] Mutated(byte[] sound, int seed)
    {
        var random = new Random(seed);
        byte[] file = [.. sound];
        int start = random.Next(3) == 0 ? file.Length : Math.Min(file.Length, 8192);
        switch (random.Next(8))
        {
            case 0:
                return file[..random.Next(file.Length)];
            case 1:
                int at = random.Next(start), length = random.Next(1, 64);
                return [.. file[..at], .. file[Math.Min(file.Length, at + length)..]];
            case 2:
                sound.AsSpan(random.Next(start - 16), 16).CopyTo(file.AsSpan(random.Next(start - 16)));
                return file;
            default:
                for (int count = random.Next(1, 6); count > 0; count--)
                    file[random.Next(start)] = random.Next(4) switch { 0 => 0, 1 => 255, _ => (byte)random.Next(256) };
                return file;
        }
    }
}
