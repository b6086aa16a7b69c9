namespace RnnGen.Formats.Keras;

/// <summary>The members of a group: in a B-tree of symbols, as HDF5 writes by default, or as messages of the header.</summary>
internal static class Hdf5Group
{
    // Levels of a tree; each has at least two children a node.
    private const int MaxLevels = 16;

    /// <summary>Names and addresses of a group's members; null where the object is not a group.</summary>
    public static IReadOnlyDictionary<string, long>? Members(Hdf5Bytes bytes, Hdf5Header header)
    {
        var members = new Dictionary<string, long>(StringComparer.Ordinal);
        if (header.First(Hdf5Header.SymbolTable) is { } table)
        {
            long heap = bytes.Size(table.At + 8);
            bytes.Expect(heap, "HEAP"u8);
            Tree(bytes, bytes.Size(table.At), bytes.Size(heap + 24), bytes.Size(heap + 8), MaxLevels, members);
            return members;
        }

        if (header.First(Hdf5Header.LinkInfo) is not { } info && !header.All(Hdf5Header.Link).Any())
            return null;
        if (header.First(Hdf5Header.LinkInfo) is { } links && !bytes.IsUndefined(links.At + 2 + ((bytes.U8(links.At + 1) & 1) != 0 ? 8 : 0)))
            throw new FormatException("its links are stored in a heap, as HDF5's newest format stores groups of many members: expected a file of the format that h5py writes by default");
        foreach ((long at, _) in header.All(Hdf5Header.Link))
            Link(bytes, at, members);
        return members;
    }

    private static void Tree(Hdf5Bytes bytes, long at, long names, long namesLength, int levels, Dictionary<string, long> members)
    {
        bytes.Expect(at, "TREE"u8);
        int level = bytes.U8(at + 5), count = bytes.U16(at + 6);
        if (bytes.U8(at + 4) != 0 || level >= levels)
            throw new FormatException($"expected a tree of a group's members of less than {levels} levels at {at}, got {level}");
        for (int child = 0; child < count; child++)
        {
            long node = bytes.Size(at + 32 + (16L * child));
            if (level > 0)
                Tree(bytes, node, names, namesLength, level, members);
            else
                Symbols(bytes, node, names, namesLength, members);
        }
    }

    private static void Symbols(Hdf5Bytes bytes, long at, long names, long namesLength, Dictionary<string, long> members)
    {
        bytes.Expect(at, "SNOD"u8);
        int count = bytes.U16(at + 6);
        for (int symbol = 0; symbol < count; symbol++)
        {
            long entry = at + 8 + (40L * symbol), name = bytes.Size(entry);
            bytes.Slice(names, namesLength);
            Add(members, bytes.Text(names + name, namesLength - name), bytes.Size(entry + 8));
        }
    }

    /// <summary>A hard link; other kinds are no weights.</summary>
    private static void Link(Hdf5Bytes bytes, long at, Dictionary<string, long> members)
    {
        int flags = bytes.U8(at + 1);
        long next = at + 2;
        if ((flags & 8) != 0 && bytes.U8(next++) != 0)
            return;
        next += ((flags & 4) != 0 ? 8 : 0) + ((flags & 16) != 0 ? 1 : 0);
        int width = 1 << (flags & 3);
        long length = bytes.Size(next, width);
        Add(members, bytes.Text(next + width, length), bytes.Size(next + width + length));
    }

    private static void Add(Dictionary<string, long> members, string name, long address)
    {
        if (!members.TryAdd(name, address))
            throw new FormatException($"expected members of different names, got {Text.Quote(name)} twice");
    }
}
