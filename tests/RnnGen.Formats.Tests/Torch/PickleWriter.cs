using System.Buffers.Binary;
using System.Text;

namespace RnnGen.Formats.Tests.Torch;

/// <summary>
/// Writes what Python's pickle module writes, from its documentation (pickletools): values in the order in which Python saves them, each container and text put into
/// the memo, and taken from there when it comes again.
/// </summary>
/// <param name="protocol">2 as <c>torch.save</c> has it, or 4 with its short texts, <c>MEMOIZE</c> and <c>STACK_GLOBAL</c>.</param>
internal sealed class PickleWriter(int protocol = 2)
{
    private readonly MemoryStream _bytes = new();
    private readonly Dictionary<string, int> _memo = new(StringComparer.Ordinal);
    private int _remembered;

    /// <summary>The pickle of what <paramref name="write"/> writes.</summary>
    public byte[] Write(Action<PickleWriter> write)
    {
        Op(0x80, (byte)protocol);
        if (protocol >= 4)
            Op(0x95, new byte[8]); // a frame; its length is of no interest
        write(this);
        Op('.');
        return _bytes.ToArray();
    }

    public void Op(int code, params byte[] argument)
    {
        _bytes.WriteByte((byte)code);
        _bytes.Write(argument);
    }

    public void None() => Op('N');

    public void Bool(bool value) => Op(value ? 0x88 : 0x89);

    public void Float(double value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, value);
        Op('G', bytes);
    }

    public void Int(long value)
    {
        if (value is >= 0 and <= byte.MaxValue)
            Op('K', (byte)value);
        else if (value is >= 0 and <= ushort.MaxValue)
            Op('M', BitConverter.GetBytes((ushort)value));
        else if (value is >= int.MinValue and <= int.MaxValue)
            Op('J', BitConverter.GetBytes((int)value));
        else
            Op(0x8a, [8, .. BitConverter.GetBytes(value)]);
    }

    public void Text(string text)
    {
        if (Recall("text " + text))
            return;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (protocol >= 4 && bytes.Length < 256)
            Op(0x8c, [(byte)bytes.Length, .. bytes]);
        else
            Op('X', [.. BitConverter.GetBytes(bytes.Length), .. bytes]);
        Remember("text " + text);
    }

    public void Global(string module, string name)
    {
        if (Recall($"global {module} {name}"))
            return;
        if (protocol >= 4)
        {
            Text(module);
            Text(name);
            Op(0x93);
        }
        else
        {
            Op('c', Encoding.UTF8.GetBytes($"{module}\n{name}\n"));
        }

        Remember($"global {module} {name}");
    }

    /// <summary>A tuple of up to three items, or of more.</summary>
    public void Tuple(params Action[] items)
    {
        if (items.Length > 3)
            Op('(');
        foreach (Action item in items)
            item();
        Op(items.Length switch { 0 => ')', 1 => 0x85, 2 => 0x86, 3 => 0x87, _ => 't' });
        if (items.Length > 0)
            Remember(null);
    }

    public void Tuple(IEnumerable<long> numbers) => Tuple([.. numbers.Select<long, Action>(number => () => Int(number))]);

    public void List(params Action[] items)
    {
        Op(']');
        Remember(null);
        Items(items, 'a', 'e');
    }

    public void Dictionary(params (string Key, Action Value)[] items)
    {
        Op('}');
        Remember(null);
        Items([.. items.Select<(string Key, Action Value), Action>(item => () => Item(item))], 's', 'u');
    }

    public void OrderedDictionary(params (string Key, Action Value)[] items)
    {
        Global("collections", "OrderedDict");
        Op(')');
        Op('R');
        Remember(null);
        Items([.. items.Select<(string Key, Action Value), Action>(item => () => Item(item))], 's', 'u');
    }

    /// <summary>What a call of a function gives.</summary>
    public void Call(string module, string name, params Action[] arguments)
    {
        Global(module, name);
        Tuple(arguments);
        Op('R');
        Remember(null);
    }

    private void Item((string Key, Action Value) item)
    {
        Text(item.Key);
        item.Value();
    }

    /// <summary>Items in batches of a thousand, one alone without a mark.</summary>
    private void Items(Action[] items, char one, char several)
    {
        foreach (Action[] batch in items.Chunk(1000))
        {
            if (batch.Length > 1)
                Op('(');
            foreach (Action item in batch)
                item();
            Op(batch.Length > 1 ? several : one);
        }
    }

    private bool Recall(string what)
    {
        if (!_memo.TryGetValue(what, out int place))
            return false;
        if (place < 256)
            Op('h', (byte)place);
        else
            Op('j', BitConverter.GetBytes(place));
        return true;
    }

    private void Remember(string? what)
    {
        if (what is not null)
            _memo.Add(what, _remembered);
        if (protocol >= 4)
            Op(0x94);
        else if (_remembered < 256)
            Op('q', (byte)_remembered);
        else
            Op('r', BitConverter.GetBytes(_remembered));
        _remembered++;
    }
}
