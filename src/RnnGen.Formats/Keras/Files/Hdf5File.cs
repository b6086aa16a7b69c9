using System.Globalization;

namespace RnnGen.Formats.Keras;

/// <summary>
/// An HDF5 file in memory, as far as h5py and Keras write it: groups, attributes that are texts, datasets that are numbers in one piece. It is read here and not by a
/// library, because no size and no address that a file claims may be trusted beyond the file's own length; what is damaged is a <see cref="FormatException"/>.
/// </summary>
internal sealed class Hdf5File
{
    // The signature of each HDF5 file without a user block.
    private static readonly byte[] Signature = [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n'];

    private readonly string _name;
    private readonly Hdf5Bytes _bytes;
    private readonly long _root;
    private readonly Dictionary<long, (Hdf5Header Header, IReadOnlyDictionary<string, long>? Members)> _objects = [];

    private Hdf5File(string name, Hdf5Bytes bytes)
    {
        (_name, _bytes) = (name, bytes);
        int version = bytes.U8(8);
        (int sizes, int start) = version switch
        {
            0 => (13, 64),
            1 => (13, 68),
            2 or 3 => (9, 36),
            _ => throw new FormatException($"expected a superblock of version 0 to 3, got {version}"),
        };
        if (bytes.U8(sizes) != 8 || bytes.U8(sizes + 1) != 8)
            throw new FormatException($"expected addresses and lengths of 8 bytes, got {bytes.U8(sizes)} and {bytes.U8(sizes + 1)}");
        if (bytes.Size(version < 2 ? start - 40 : 12) != 0)
            throw new FormatException("expected addresses from the start of the file");
        _root = bytes.Size(start);
    }

    /// <summary>Whether a file begins as HDF5 files do.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Signature);

    /// <summary>Opens a file.</summary>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="bytes">Its content.</param>
    /// <exception cref="FormatException">It is none, or damaged.</exception>
    public static Hdf5File Open(string name, byte[] bytes) => Recognizes(bytes)
        ? Guarded(name, "superblock", () => new Hdf5File(name, new Hdf5Bytes(bytes)))
        : throw new FormatException($"{Formats.Text.Quote(name)}: expected an HDF5 file, got other bytes");

    /// <summary>Whether there is a group or dataset.</summary>
    public bool Exists(string path) => Guarded(_name, path, () => Find(path) is not null);

    /// <summary>Whether something is a group, and not a dataset.</summary>
    public bool IsGroup(string path) => Guarded(_name, path, () => Object(path).Members is not null);

    /// <summary>The names of a group's members.</summary>
    public IReadOnlyList<string> Children(string path) => Guarded<IReadOnlyList<string>>(_name, path, () => [.. (Object(path).Members ?? new Dictionary<string, long>()).Keys]);

    /// <summary>A text attribute; null where there is none.</summary>
    public string? Text(string path, string attribute) => Guarded(_name, $"{path}, attribute {attribute}", () => Attribute(path, attribute)?.Texts() switch
    {
        null => null,
        [var text] => text,
        var several => throw new FormatException($"expected one text, got {several.Length}"),
    });

    /// <summary>An attribute that is a list of texts; null where there is none. One that is too long for HDF5 lies in pieces: <c>names0</c>, <c>names1</c>, ….</summary>
    public IReadOnlyList<string>? Texts(string path, string attribute) => Guarded<IReadOnlyList<string>?>(_name, $"{path}, attribute {attribute}", () =>
    {
        if (Attribute(path, attribute) is { } whole)
            return whole.Texts();
        if (Attribute(path, attribute + "0") is not { } piece)
            return null;
        List<string> texts = [];
        for (int number = 1; piece is not null; number++)
        {
            texts.AddRange(piece.Texts());
            piece = Attribute(path, attribute + number.ToString(CultureInfo.InvariantCulture));
        }

        return texts;
    });

    /// <summary>A dataset of numbers.</summary>
    /// <exception cref="FormatException">There is none of that path, its type is another, or there are fewer bytes than it claims.</exception>
    public NamedTensor Tensor(string path) => Guarded(_name, path, () =>
    {
        Hdf5Header header = Object(path).Header;
        if (header.First(Hdf5Header.Datatype) is not { } type || header.First(Hdf5Header.Dataspace) is not { } space || header.First(Hdf5Header.Layout) is not { } layout)
            throw new FormatException("expected a dataset, got something else");
        if (header.First(Hdf5Header.Filters) is not null)
            throw new FormatException("expected uncompressed data, as Keras writes weights, got compressed data");
        int version = _bytes.U8(layout.At), kind = _bytes.U8(layout.At + 1);
        long at = (version, kind) switch
        {
            (3 or 4, 0) => layout.At + 4,
            (3 or 4, 1) => _bytes.IsUndefined(layout.At + 2) ? 0 : _bytes.Size(layout.At + 2),
            _ => throw new FormatException($"expected data in one piece, as Keras writes weights, got the layout {kind} of version {version}"),
        };
        var array = new Hdf5Array(_bytes, type.At, space.At, at);
        if (at == 0 && array.Count > 0)
            throw new FormatException("expected data, got a dataset that was never written");
        return new NamedTensor(path, array.Shape, array.Numbers());
    });

    private static T Guarded<T>(string name, string place, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception damage) when (damage is FormatException or OverflowException or ArgumentException)
        {
            throw new FormatException($"{Formats.Text.Quote(name)}, {Formats.Text.Shorten(place)}: {Formats.Text.Shorten(damage.Message, 300)}", damage);
        }
    }

    private Hdf5Array? Attribute(string path, string attribute)
    {
        Hdf5Header header = Object(path).Header;
        foreach ((long at, _) in header.All(Hdf5Header.Attribute))
        {
            // The version, and three lengths; before version 2 each part is padded to 8 bytes.
            int version = _bytes.U8(at);
            long name = _bytes.U16(at + 2), type = _bytes.U16(at + 4), space = _bytes.U16(at + 6), start = at + (version == 3 ? 9 : 8);
            if (version is < 1 or > 3 || (version > 1 && (_bytes.U8(at + 1) & 3) != 0))
                throw new FormatException($"expected an attribute of version 1 to 3 with a type of its own at {at}, got version {version}");
            long Padded(long length) => version == 1 ? (length + 7) / 8 * 8 : length;
            if (_bytes.Text(start, name) == attribute)
                return new Hdf5Array(_bytes, start + Padded(name), start + Padded(name) + Padded(type), start + Padded(name) + Padded(type) + Padded(space));
        }

        return header.First(Hdf5Header.AttributeInfo) is { } info && !_bytes.IsUndefined(info.At + 2 + ((_bytes.U8(info.At + 1) & 1) != 0 ? 2 : 0))
            ? throw new FormatException("its attributes are stored in a heap, as HDF5's newest format stores many: expected a file of the format that h5py writes by default")
            : null;
    }

    private (Hdf5Header Header, IReadOnlyDictionary<string, long>? Members) Object(string path) =>
        Find(path) is { } address ? At(address) : throw new FormatException("expected a group or dataset, got none");

    private (Hdf5Header Header, IReadOnlyDictionary<string, long>? Members) At(long address)
    {
        if (!_objects.TryGetValue(address, out var known))
        {
            var header = new Hdf5Header(_bytes, address);
            _objects.Add(address, known = (header, Hdf5Group.Members(_bytes, header)));
        }

        return known;
    }

    private long? Find(string path)
    {
        long address = _root;
        foreach (string part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (At(address).Members?.TryGetValue(part, out long next) != true)
                return null;
            address = next;
        }

        return address;
    }
}
