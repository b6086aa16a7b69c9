using System.IO.Compression;

namespace RnnGen.Samples.SpokenDigits;

/// <summary>The recordings that ship inside this program.</summary>
internal static class Corpus
{
    /// <summary>820 training recordings.</summary>
    public static IReadOnlyList<Recording> Training() => Read("train.zip");

    /// <summary>320 test recordings, of other speakers.</summary>
    public static IReadOnlyList<Recording> Test() => Read("test.zip");

    private static Recording[] Read(string resource)
    {
        using Stream stream = typeof(Corpus).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is not embedded in this program");
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read);

        // Sorted, so that results do not depend on the order of the archive.
        return [.. zip.Entries.OrderBy(entry => entry.FullName, StringComparer.Ordinal).Select(Read)];
    }

    /// <summary>Files are named <c>digit_speaker_take.wav</c>.</summary>
    private static Recording Read(ZipArchiveEntry entry)
    {
        var content = new byte[entry.Length];
        using (Stream stream = entry.Open())
            stream.ReadExactly(content);
        return new Recording(entry.Name, entry.Name[0] - '0', WavReader.Read(content, entry.Name));
    }
}
