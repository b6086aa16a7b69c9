using System.IO.Compression;

namespace RnnGen.Formats.Tests.Torch;

/// <summary>Writes archives as <c>torch.save</c> does: the pickle, a stored entry for each storage, the byte order.</summary>
/// <param name="storage">The class of the storages: <c>FloatStorage</c>.</param>
/// <param name="protocol">Of the pickle.</param>
internal sealed class TorchFile(string storage = "FloatStorage", int protocol = 2)
{
    private readonly List<byte[]> _storages = [];

    /// <summary>Whether numbers lie with their greatest byte first.</summary>
    public bool IsBigEndian { get; init; }

    /// <summary>A file whose object is a state dict.</summary>
    public static ModelFile Of(IReadOnlyList<NamedTensor> tensors, string storage = "FloatStorage", int protocol = 2)
    {
        var file = new TorchFile(storage, protocol);
        return file.Write(pickle => file.StateDict(pickle, tensors));
    }

    /// <summary>The file of a pickle.</summary>
    public ModelFile Write(Action<PickleWriter> write)
    {
        byte[] pickle = new PickleWriter(protocol).Write(write);
        return Zip([("archive/data.pkl", pickle), ("archive/byteorder", IsBigEndian ? "big"u8.ToArray() : "little"u8.ToArray()), ("archive/version", "3\n"u8.ToArray()),
            .. _storages.Select((bytes, index) => ($"archive/data/{index}", bytes))]);
    }

    /// <summary>An archive of entries.</summary>
    public static ModelFile Zip(IEnumerable<(string Name, byte[] Bytes)> entries, CompressionLevel level = CompressionLevel.NoCompression)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach ((string name, byte[] bytes) in entries)
                using (Stream entry = zip.CreateEntry(name, level).Open())
                    entry.Write(bytes);
        return new ModelFile("model.pt", stream.ToArray());
    }

    /// <summary>An ordered dictionary with the attribute <c>_metadata</c>, as <c>model.state_dict()</c> gives it.</summary>
    public void StateDict(PickleWriter pickle, IReadOnlyList<NamedTensor> tensors)
    {
        pickle.OrderedDictionary([.. tensors.Select(tensor => (tensor.Name, (Action)(() => Tensor(pickle, tensor))))]);
        pickle.Dictionary(("_metadata", () => pickle.OrderedDictionary(("", () => pickle.Dictionary(("version", () => pickle.Int(1)))))));
        pickle.Op('b');
    }

    /// <summary>A tensor with a storage of its own.</summary>
    public void Tensor(PickleWriter pickle, NamedTensor tensor)
    {
        long[] strides = new long[tensor.Shape.Count];
        long stride = 1;
        for (int at = strides.Length - 1; at >= 0; at--)
            (strides[at], stride) = (stride, stride * tensor.Shape[at]);
        Tensor(pickle, Store(tensor.Values), tensor.Values.Length, 0, [.. tensor.Shape.Select(size => (long)size)], strides);
    }

    /// <summary>A view of a storage.</summary>
    public void Tensor(PickleWriter pickle, int key, long count, long offset, long[] shape, long[] strides, string? kind = null) => pickle.Call(
        "torch._utils",
        "_rebuild_tensor_v2",
        () =>
        {
            pickle.Tuple(
                () => pickle.Text("storage"), () => pickle.Global("torch", kind ?? storage), () => pickle.Text($"{key}"), () => pickle.Text("cpu"), () => pickle.Int(count));
            pickle.Op('Q');
        },
        () => pickle.Int(offset),
        () => pickle.Tuple(shape),
        () => pickle.Tuple(strides),
        () => pickle.Bool(false),
        () => pickle.OrderedDictionary());

    /// <summary>Adds a storage, and says which it is.</summary>
    public int Store(float[] values) => Store([.. values.SelectMany(Bytes)]);

    /// <inheritdoc cref="Store(float[])"/>
    public int Store(byte[] bytes)
    {
        _storages.Add(bytes);
        return _storages.Count - 1;
    }

    private byte[] Bytes(float value)
    {
        byte[] bytes = storage switch
        {
            "FloatStorage" => BitConverter.GetBytes(value),
            "DoubleStorage" => BitConverter.GetBytes((double)value),
            "HalfStorage" => BitConverter.GetBytes((Half)value),
            "BFloat16Storage" => BitConverter.GetBytes(value)[2..],
            _ => throw new ArgumentOutOfRangeException(nameof(value)),
        };
        if (IsBigEndian)
            Array.Reverse(bytes);
        return bytes;
    }
}
