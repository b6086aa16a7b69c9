using System.Buffers.Binary;
using System.Text;

namespace RnnGen.Formats.Torch;

/// <summary>
/// Reads a pickle as <c>torch.save</c> writes it, protocols 2 to 5. A pickle is a program for a stack machine; the one here makes texts, numbers, lists, tuples and
/// dictionaries, and leaves names of classes and functions to <see cref="TorchGlobals"/>, which knows a fixed list of them and runs none.
/// </summary>
internal sealed class PickleReader
{
    // Deeper stacks of marks are made by nested containers, which no checkpoint has in such numbers.
    private const int MaxMarkDepth = 1000;

    private readonly byte[] _bytes;
    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = new();
    private readonly Dictionary<long, object?> _memo = [];
    private int _at;

    private PickleReader(byte[] bytes) => _bytes = bytes;

    /// <summary>The object of a pickle.</summary>
    /// <exception cref="FormatException">It is damaged, or does what state dicts have no need of; the message says where and what.</exception>
    public static object? Read(byte[] bytes)
    {
        var reader = new PickleReader(bytes);
        int start = 0;
        try
        {
            while (true)
            {
                start = reader._at;
                byte code = reader.Bytes(1)[0];
                if (code == '.')
                    return reader.Pop();
                reader.Execute(code);
            }
        }
        catch (FormatException damage)
        {
            throw new FormatException($"data.pkl, byte {start}: {damage.Message}", damage);
        }
    }

    private void Execute(byte code)
    {
        switch ((char)code)
        {
            case '\x80': ReadProtocol(); break;
            case '\x95': Bytes(8); break; // a frame's length; frames do not matter to memory
            case '(': Mark(); break;
            case '0': Pop(); break;
            case 'N': Push(null); break;
            case '\x88': Push(true); break;
            case '\x89': Push(false); break;
            case 'K': Push((long)Bytes(1)[0]); break;
            case 'M': Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2))); break;
            case 'J': Push((long)BinaryPrimitives.ReadInt32LittleEndian(Bytes(4))); break;
            case '\x8a': Push(Long(Bytes(Bytes(1)[0]))); break;
            case 'G': Push(BinaryPrimitives.ReadDoubleBigEndian(Bytes(8))); break;
            case 'X': Push(ReadText(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4)))); break;
            case '\x8c': Push(ReadText(Bytes(1)[0])); break;
            case '\x8d': Push(ReadText(BinaryPrimitives.ReadInt64LittleEndian(Bytes(8)))); break;
            case 'U': Push(ReadText(Bytes(1)[0])); break;
            case 'T': Push(ReadText(BinaryPrimitives.ReadInt32LittleEndian(Bytes(4)))); break;
            case 'C': Skip(Bytes(1)[0]); break;
            case 'B': Skip(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4))); break;
            case '\x8e': Skip(BinaryPrimitives.ReadInt64LittleEndian(Bytes(8))); break;
            case ']': Push(new List<object?>()); break;
            case 'a': Append([Pop()]); break;
            case 'e': Append(PopToMark()); break;
            case '}': Push(new PickleDictionary()); break;
            case 's': SetItems([Pop(), Pop()], reversed: true); break;
            case 'u': SetItems(PopToMark(), reversed: false); break;
            case '\x8f': Push(new PickleOpaque("set")); break;
            case '\x90': PopToMark(); break;
            case ')': Push(new PickleTuple([])); break;
            case '\x85': Tuple(1); break;
            case '\x86': Tuple(2); break;
            case '\x87': Tuple(3); break;
            case 't': Push(new PickleTuple(PopToMark())); break;
            case 'c': Push(TorchGlobals.Find(ReadLine(), ReadLine())); break;
            case '\x93': ReadStackGlobal(); break;
            case 'R': Reduce(); break;
            case 'b': Build(); break;
            case 'Q': Push(TorchStorage.Of(Pop())); break;
            case 'q': _memo[Bytes(1)[0]] = Peek(); break;
            case 'r': _memo[BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4))] = Peek(); break;
            case '\x94': _memo[_memo.Count] = Peek(); break;
            case 'h': Recall(Bytes(1)[0]); break;
            case 'j': Recall(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4))); break;
            default: throw new FormatException($"expected an instruction of a state dict, got 0x{code:x2}{(code is > 32 and < 127 ? $" ('{(char)code}')" : "")}");
        }
    }

    private void ReadProtocol()
    {
        byte protocol = Bytes(1)[0];
        if (protocol is < 2 or > 5)
            throw new FormatException($"expected a pickle of protocol 2 to 5, got {protocol}");
    }

    private void ReadStackGlobal()
    {
        object? name = Pop(), module = Pop();
        Push(module is string of && name is string what ? TorchGlobals.Find(of, what) : throw new FormatException("expected the name of a class, got something else"));
    }

    private void Reduce()
    {
        object? arguments = Pop(), function = Pop();
        Push(function is PickleGlobal global && arguments is PickleTuple tuple
            ? TorchGlobals.Call(global, tuple.Items)
            : throw new FormatException("expected a function and its arguments, got something else"));
    }

    /// <summary>Attributes of an object: those of a state dict (<c>_metadata</c>) do not matter.</summary>
    private void Build()
    {
        Pop();
        if (Peek() is not PickleDictionary)
            throw new FormatException("expected attributes of a dictionary alone, got those of another object");
    }

    private void Append(IReadOnlyList<object?> items)
    {
        if (Peek() is not List<object?> list)
            throw new FormatException("expected a list, got something else");
        list.AddRange(items);
    }

    private void SetItems(IReadOnlyList<object?> items, bool reversed)
    {
        if (items.Count % 2 != 0 || Peek() is not PickleDictionary dictionary)
            throw new FormatException("expected a dictionary, its keys and values, got something else");
        for (int at = 0; at < items.Count; at += 2)
            dictionary.Set(items[at + (reversed ? 1 : 0)], items[at + (reversed ? 0 : 1)]);
    }

    private void Tuple(int count)
    {
        var items = new object?[count];
        for (int at = count - 1; at >= 0; at--)
            items[at] = Pop();
        Push(new PickleTuple(items));
    }

    private void Mark()
    {
        if (_marks.Count == MaxMarkDepth)
            throw new FormatException($"expected at most {MaxMarkDepth} containers in each other, got more");
        _marks.Push(_stack.Count);
    }

    private object?[] PopToMark()
    {
        if (!_marks.TryPop(out int mark))
            throw new FormatException("expected a mark, got none");
        object?[] items = [.. _stack.Skip(mark)];
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }

    private void Push(object? value) => _stack.Add(value);

    private object? Pop()
    {
        object? value = Peek();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    /// <summary>The top of the stack, down to the last mark.</summary>
    private object? Peek() => _stack.Count > (_marks.TryPeek(out int mark) ? mark : 0) ? _stack[^1] : throw new FormatException("expected a value on the stack, got none");

    private void Recall(long place) => Push(_memo.TryGetValue(place, out object? value) ? value : throw new FormatException($"expected a remembered value {place}, got none"));

    private ReadOnlySpan<byte> Bytes(long count)
    {
        if (count < 0 || count > _bytes.Length - _at)
            throw new FormatException($"expected {count} more bytes, got {_bytes.Length - _at}");
        _at += (int)count;
        return _bytes.AsSpan(_at - (int)count, (int)count);
    }

    private void Skip(long count)
    {
        Bytes(count);
        Push(new PickleOpaque("bytes"));
    }

    private string ReadText(long length) => Encoding.UTF8.GetString(Bytes(length));

    private string ReadLine()
    {
        int length = _bytes.AsSpan(_at).IndexOf((byte)'\n');
        if (length < 0)
            throw new FormatException("expected the end of a line, got the end of the file");
        string line = ReadText(length);
        Bytes(1);
        return line;
    }

    /// <summary>A number of any size in two's complement, least byte first; what has more than 64 bits is not a size of a tensor.</summary>
    private static object Long(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > sizeof(long))
            return new PickleOpaque("a large number");
        long value = bytes.Length > 0 && bytes[^1] >= 0x80 ? -1 : 0;
        for (int at = bytes.Length - 1; at >= 0; at--)
            value = (value << 8) | bytes[at];
        return value;
    }
}
