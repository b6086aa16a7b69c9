namespace RnnGen.Formats.Keras;

/// <summary>The messages of an object header of version 1 or 2: what an object is.</summary>
internal sealed class Hdf5Header
{
    // Kinds of messages.
    public const int Dataspace = 1, LinkInfo = 2, Datatype = 3, Link = 6, Layout = 8, Filters = 11, Attribute = 12, Continuation = 16, SymbolTable = 17, AttributeInfo = 21;

    private const int SharedFlag = 2;

    private readonly Hdf5Bytes _bytes;
    private readonly List<(int Kind, long At, long Length)> _messages = [];
    private readonly HashSet<long> _blocks = [];

    /// <summary>Reads a header.</summary>
    public Hdf5Header(Hdf5Bytes bytes, long at)
    {
        _bytes = bytes;
        if (bytes.Slice(at, 4).SequenceEqual("OHDR"u8))
            ReadTwo(at);
        else if (bytes.U8(at) == 1)
            ReadOne(at + 16, bytes.Size(at + 8, 4));
        else
            throw new FormatException($"expected an object header at {at}, got other bytes");
    }

    /// <summary>The first message of a kind; null where there is none.</summary>
    public (long At, long Length)? First(int kind) => _messages.Where(message => message.Kind == kind).Select(message => ((long, long)?)(message.At, message.Length)).FirstOrDefault();

    /// <summary>All messages of a kind.</summary>
    public IEnumerable<(long At, long Length)> All(int kind) => _messages.Where(message => message.Kind == kind).Select(message => (message.At, message.Length));

    private void ReadOne(long at, long length)
    {
        NewBlock(at);
        for (long end = at + length; at + 8 <= end;)
        {
            long size = _bytes.U16(at + 2);
            Add(_bytes.U16(at), at + 8, size, _bytes.U8(at + 4), (place, count) => ReadOne(place, count));
            at += 8 + size;
        }
    }

    private void ReadTwo(long at)
    {
        if (_bytes.U8(at + 4) != 2)
            throw new FormatException($"expected an object header of version 2 at {at}, got {_bytes.U8(at + 4)}");
        int flags = _bytes.U8(at + 5), width = 1 << (flags & 3);
        at += 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
        ReadTwo(at + width, _bytes.Size(at, width), (flags & 4) != 0);
    }

    private void ReadTwo(long at, long length, bool hasOrder)
    {
        NewBlock(at);
        int head = hasOrder ? 6 : 4;
        for (long end = at + length; at + head <= end;)
        {
            long size = _bytes.U16(at + 1);
            Add(_bytes.U8(at), at + head, size, _bytes.U8(at + 3), (place, count) =>
            {
                _bytes.Expect(place, "OCHK"u8);
                ReadTwo(place + 4, count - 8, hasOrder);
            });
            at += head + size;
        }
    }

    private void Add(int kind, long at, long size, int flags, Action<long, long> follow)
    {
        _bytes.Slice(at, size);
        if ((flags & SharedFlag) != 0 && kind is Dataspace or Datatype or Attribute)
            throw new FormatException($"expected an unshared message at {at}, got a shared one");
        if (kind == Continuation)
            follow(_bytes.Size(at), _bytes.Size(at + 8));
        else
            _messages.Add((kind, at, size));
    }

    /// <summary>Each block once, and not so many that following them goes deep.</summary>
    private void NewBlock(long at)
    {
        const int most = 200;
        if (!_blocks.Add(at) || _blocks.Count > most)
            throw new FormatException($"expected an object header in at most {most} different blocks, got more, or one that continues itself, at {at}");
    }
}
