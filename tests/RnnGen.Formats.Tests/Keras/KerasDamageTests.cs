using RnnGen.Formats.Keras;

namespace RnnGen.Formats.Tests.Keras;

/// <summary>Files that are damaged: read, or refused by a <see cref="FormatException"/>, in memory and time that depend on their size.</summary>
public sealed class KerasDamageTests
{
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
}
