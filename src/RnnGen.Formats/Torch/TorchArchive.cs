using System.Text;

namespace RnnGen.Formats.Torch;

/// <summary>
/// What <c>torch.save</c> writes since PyTorch 1.6: a zip archive of <c>archive/data.pkl</c> (a pickle), <c>archive/data/0</c> (the numbers of a storage, as they
/// lie in memory), <c>archive/byteorder</c> and <c>archive/version</c>. The folder's name is the file's.
/// </summary>
internal sealed class TorchArchive : IDisposable
{
    private const string Pickle = "data.pkl";

    private readonly ZipContent _zip;
    private readonly string _folder;
    private readonly bool _isBigEndian;
    private readonly Dictionary<string, byte[]> _storages = new(StringComparer.Ordinal);
    private long _left;

    private TorchArchive(ZipContent zip, string folder, long size)
    {
        (_zip, _folder) = (zip, folder);
        _isBigEndian = _zip.Length(folder + "byteorder") is not null && Encoding.ASCII.GetString(_zip.Read(folder + "byteorder")).Trim() switch
        {
            "little" => false,
            "big" => true,
            var other => throw new FormatException($"entry \"byteorder\": expected little or big, got {Text.Quote(other)}"),
        };

        // Half-precision numbers become floats of twice their size, and two names may share one tensor.
        _left = 4 * size;
    }

    /// <summary>Whether a file is such an archive.</summary>
    public static bool Is(ModelFile file)
    {
        using ZipContent? zip = ZipContent.Open(file);
        return zip is not null && Folder(zip) is not null;
    }

    /// <summary>Opens an archive.</summary>
    /// <exception cref="FormatException">It is damaged, or a program (TorchScript).</exception>
    public static TorchArchive Open(ModelFile file)
    {
        ZipContent zip = ZipContent.Open(file) ?? throw new FormatException("expected a zip archive, got a damaged one");
        try
        {
            string folder = Folder(zip) ?? throw new FormatException($"expected an entry {Pickle}, got none");
            if (zip.Names.Contains(folder + "constants.pkl"))
                throw new FormatException("expected a state dict, got a TorchScript program; save its weights: torch.save(torch.jit.load(path).state_dict(), other)");
            return new TorchArchive(zip, folder, file.Bytes.Length);
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    /// <summary>The object that was saved.</summary>
    public object? ReadObject() => PickleReader.Read(_zip.Read(_folder + Pickle));

    /// <summary>The numbers of a tensor.</summary>
    /// <exception cref="FormatException">Its storage is missing or has another size, or all tensors together have far more numbers than the file.</exception>
    public float[] Read(TorchTensor tensor)
    {
        TorchStorage storage = tensor.Storage;
        if ((_left -= tensor.Count) < 0)
            throw new FormatException("expected tensors that lie in the file, got views of more numbers than it has");
        string entry = $"{_folder}data/{storage.Key}";
        if (!_storages.TryGetValue(entry, out byte[]? bytes))
            _storages.Add(entry, bytes = ReadStorage(entry, storage.Element.Size));
        return bytes.Length == storage.Count * storage.Element.Size
            ? tensor.Read(bytes)
            : throw new FormatException($"entry {Text.Quote(entry)}: expected {storage.Count} × {storage.Element.Name}, got {bytes.Length} bytes");
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    /// <summary>The bytes of a storage, the least one of a number first.</summary>
    private byte[] ReadStorage(string entry, int size)
    {
        byte[] bytes = _zip.Read(entry);
        if (_isBigEndian)
            for (int at = 0; at <= bytes.Length - size; at += size)
                bytes.AsSpan(at, size).Reverse();
        return bytes;
    }

    /// <summary>The folder of the only pickle, with its slash; null where there is none, or several.</summary>
    private static string? Folder(ZipContent zip)
    {
        string[] pickles = [.. zip.Names.Where(name => name.EndsWith('/' + Pickle, StringComparison.Ordinal) && name.IndexOf('/') == name.Length - Pickle.Length - 1)];
        return pickles.Length == 1 ? pickles[0][..^Pickle.Length] : null;
    }
}
