using PureHDF;
using PureHDF.VOL.Native;

namespace RnnGen.Formats.Keras;

/// <summary>
/// An HDF5 file in memory: attributes that are texts, and datasets that are numbers. Whatever the library says about a damaged file is a
/// <see cref="FormatException"/> here, and no size that a file claims is believed beyond the file's own.
/// </summary>
internal sealed class Hdf5File : IDisposable
{
    // The signature of each HDF5 file without a user block.
    private static readonly byte[] Signature = [0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1a, (byte)'\n'];

    private readonly string _name;
    private readonly long _length;
    private readonly NativeFile _file;

    private Hdf5File(string name, long length, NativeFile file) => (_name, _length, _file) = (name, length, file);

    /// <summary>Whether a file begins as HDF5 files do.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Signature);

    /// <summary>Opens a file.</summary>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="bytes">Its content.</param>
    /// <exception cref="FormatException">It is none, or damaged.</exception>
    public static Hdf5File Open(string name, byte[] bytes)
    {
        if (!Recognizes(bytes))
            throw new FormatException($"{Formats.Text.Quote(name)}: expected an HDF5 file, got other bytes");
        return Guarded(name, "superblock", () => new Hdf5File(name, bytes.Length, H5File.Open(new MemoryStream(bytes, writable: false))));
    }

    /// <summary>Whether there is a group or dataset.</summary>
    public bool Exists(string path) => Guarded(_name, path, () => path == "/" || _file.LinkExists(path));

    /// <summary>A text attribute; null where there is none.</summary>
    public string? Text(string path, string attribute) => Guarded(_name, $"{path}, attribute {attribute}", () =>
    {
        if (Attribute(path, attribute) is not { } found)
            return null;
        if (found.Space.Dimensions.Length == 0)
            return found.Read<string>();
        string[] texts = found.Read<string[]>();
        return texts.Length == 1 ? texts[0] : throw new FormatException($"expected one text, got {texts.Length}");
    });

    /// <summary>An attribute that is a list of texts; null where there is none. One that is too long for HDF5 lies in pieces: <c>names0</c>, <c>names1</c>, ….</summary>
    public IReadOnlyList<string>? Texts(string path, string attribute) => Guarded<IReadOnlyList<string>?>(_name, $"{path}, attribute {attribute}", () =>
    {
        if (Attribute(path, attribute) is { } whole)
            return Read(whole);
        if (Attribute(path, attribute + "0") is not { } piece)
            return null;
        List<string> texts = [];
        for (int number = 1; piece is not null; number++)
        {
            texts.AddRange(Read(piece));
            piece = Attribute(path, attribute + number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return texts;
    });

    /// <summary>The names of a group's members.</summary>
    public IReadOnlyList<string> Children(string path) => Guarded(_name, path, () => Object(path) is IH5Group group ? [.. group.Children().Select(child => child.Name)] : Array.Empty<string>());

    /// <summary>Whether something is a group, and not a dataset.</summary>
    public bool IsGroup(string path) => Guarded(_name, path, () => Object(path) is IH5Group);

    /// <summary>A dataset of numbers.</summary>
    /// <exception cref="FormatException">There is none of that path, its type is another, or there are fewer bytes than it claims.</exception>
    public NamedTensor Tensor(string path) => Guarded(_name, path, () =>
    {
        if (Object(path) is not IH5Dataset dataset)
            throw new FormatException("expected a dataset, got a group");
        int[] shape = [.. dataset.Space.Dimensions.Select(dimension => checked((int)dimension))];
        if (dataset.Layout.Class is not (H5DataLayoutClass.Contiguous or H5DataLayoutClass.Compact))
            throw new FormatException("expected contiguous data, as Keras writes weights, got chunks");
        Fits(dataset.Space.Dimensions, dataset.Type.Size);
        float[] values = (dataset.Type.Class, dataset.Type.Size) switch
        {
            _ when shape.Contains(0) => [],
            (H5DataTypeClass.FloatingPoint, 4) => Values<float>(dataset, shape),
            (H5DataTypeClass.FloatingPoint, 8) => Array.ConvertAll(Values<double>(dataset, shape), value => (float)value),
            (H5DataTypeClass.FloatingPoint, 2) => Array.ConvertAll(Values<Half>(dataset, shape), value => (float)value),
            (H5DataTypeClass.FixedPoint, 8) => Array.ConvertAll(Values<long>(dataset, shape), value => (float)value), // counters
            (H5DataTypeClass.FixedPoint, 4) => Array.ConvertAll(Values<int>(dataset, shape), value => (float)value),
            var (kind, size) => throw new FormatException($"expected numbers of 2, 4 or 8 bytes, got {kind} of {size}"),
        };
        return new NamedTensor(path, shape, values);
    });

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static T[] Values<T>(IH5Dataset dataset, int[] shape)
        where T : unmanaged => shape.Length == 0 ? [dataset.Read<T>()] : dataset.Read<T[]>(memoryDims: [shape.Aggregate(1UL, (count, size) => checked(count * (ulong)size))]);

    private static T Guarded<T>(string name, string place, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception damage) when (damage is not OutOfMemoryException)
        {
            throw new FormatException($"{Formats.Text.Quote(name)}, {Formats.Text.Shorten(place)}: {Formats.Text.Shorten(damage.Message, 300)}", damage);
        }
    }

    private IH5Object Object(string path) => path == "/" ? _file : _file.Get(path);

    private IH5Attribute? Attribute(string path, string attribute)
    {
        IH5Object holder = Object(path);
        if (!holder.AttributeExists(attribute))
            return null;
        IH5Attribute found = holder.Attribute(attribute);
        Fits(found.Space.Dimensions, found.Type.Size);
        return found;
    }

    /// <summary>The texts of a list; an empty list has any type, for numpy makes numbers of it.</summary>
    private static string[] Read(IH5Attribute list)
    {
        if (list.Space.Dimensions.Contains(0UL))
            return [];
        return list.Space.Dimensions.Length == 0 ? [list.Read<string>()] : list.Read<string[]>();
    }

    private void Fits(ulong[] dimensions, int size)
    {
        ulong bytes = (ulong)Math.Max(1, size);
        foreach (ulong dimension in dimensions)
            bytes = checked(bytes * dimension);
        if (bytes > (ulong)_length)
            throw new FormatException($"expected at most the {_length} bytes of the file, got a claim of {bytes}");
    }
}
