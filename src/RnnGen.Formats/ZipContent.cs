using System.IO.Compression;

namespace RnnGen.Formats;

/// <summary>
/// A zip archive in memory. Nothing is extracted, so that names of entries are only names; what is read in all is limited by the size of the file, so that a small
/// file cannot become a large one.
/// </summary>
internal sealed class ZipContent : IDisposable
{
    // Weights do not compress well, and texts about them to a tenth.
    private const int Expansion = 64;

    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private long _left;

    private ZipContent(ZipArchive archive, long size) => (_archive, _left) = (archive, Expansion * size);

    /// <summary>The names of the entries.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>The archive that a file is; null where it is none, or a damaged one.</summary>
    public static ZipContent? Open(ModelFile file)
    {
        if (!file.StartsWith("PK\x3\x4"u8))
            return null;
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(new MemoryStream(file.Bytes, writable: false), ZipArchiveMode.Read);
            var content = new ZipContent(archive, file.Bytes.Length);
            if (archive.Entries.All(entry => content._entries.TryAdd(entry.FullName, entry)))
                return content; // else readers would disagree on which one is meant
        }
        catch (Exception damage) when (IsDamage(damage))
        {
            // Not an archive.
        }

        archive?.Dispose();
        return null;
    }

    /// <summary>Whether a file is an archive in which all of these entries are.</summary>
    public static bool Has(ModelFile file, params ReadOnlySpan<string> names)
    {
        using ZipContent? content = Open(file);
        foreach (string name in names)
            if (content?._entries.ContainsKey(name) != true)
                return false;
        return true;
    }

    /// <summary>How many bytes an entry says that it has; null where there is none of that name.</summary>
    public long? Length(string name) => _entries.TryGetValue(name, out ZipArchiveEntry? entry) ? entry.Length : null;

    /// <summary>The bytes of an entry.</summary>
    /// <exception cref="FormatException">There is none of that name, it is damaged, or it is far larger than its share of the file.</exception>
    public byte[] Read(string name)
    {
        if (!_entries.TryGetValue(name, out ZipArchiveEntry? entry))
            throw new FormatException($"expected an entry {Text.Quote(name)}, got none of that name");
        if (entry.Length < 0 || entry.Length > _left)
            throw new FormatException($"entry {Text.Quote(name)}: expected at most {_left} more bytes from an archive of this size, got an entry of {entry.Length}");
        _left -= entry.Length;
        try
        {
            using Stream stream = entry.Open();
            return ReadAll(stream, name, entry.Length);
        }
        catch (Exception damage) when (IsDamage(damage))
        {
            throw new FormatException($"entry {Text.Quote(name)}: {damage.Message}", damage);
        }
    }

    /// <summary>All bytes of a stream, which must be as many as was said. Memory is taken as they come, not as they are promised.</summary>
    private static byte[] ReadAll(Stream stream, string name, long length)
    {
        const int part = 1 << 20;
        using var bytes = new MemoryStream((int)Math.Min(length, part));
        byte[] buffer = new byte[(int)Math.Min(length + 1, part)];
        for (int count; bytes.Length <= length && (count = stream.Read(buffer)) > 0;)
            bytes.Write(buffer, 0, count);
        return bytes.Length == length
            ? bytes.Capacity == length ? bytes.GetBuffer() : bytes.ToArray()
            : throw new FormatException($"entry {Text.Quote(name)}: expected {length} bytes, got {(bytes.Length < length ? $"{bytes.Length}" : "more")}");
    }

    /// <inheritdoc/>
    public void Dispose() => _archive.Dispose();

    private static bool IsDamage(Exception damage) => damage is InvalidDataException or IOException or ArgumentException or NotSupportedException or OverflowException;
}
