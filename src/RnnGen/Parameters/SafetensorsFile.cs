using RnnGen.Runtime;

namespace RnnGen;

/// <summary>
/// A safetensors file (github.com/huggingface/safetensors): named tensors and texts. Numbers of type <c>F32</c>, <c>F16</c> and <c>BF16</c> are read as 32-bit
/// floats without a loss; a file is written with <c>F32</c>. A network's own <c>Load</c> and <c>Save</c> need none of this.
/// </summary>
public sealed class SafetensorsFile
{
    private readonly Dictionary<string, NamedTensor> _byName = new(StringComparer.Ordinal);

    /// <summary>A file with the given tensors, in their order.</summary>
    /// <param name="tensors">The tensors; no two have one name.</param>
    /// <param name="metadata">What else the file says, text by name; null for nothing.</param>
    /// <exception cref="ArgumentException">Two tensors have one name, or one is called <c>__metadata__</c>.</exception>
    public SafetensorsFile(IEnumerable<NamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Tensors = [.. tensors];
        Metadata = metadata ?? new Dictionary<string, string>();
        foreach (NamedTensor tensor in Tensors)
        {
            if (tensor.Name == SafetensorsHeader.Metadata)
                throw new ArgumentException($"expected a tensor's name, got {SafetensorsHeader.Metadata}, which the format keeps for texts", nameof(tensors));
            if (!_byName.TryAdd(tensor.Name, tensor))
                throw new ArgumentException($"expected each name once, got two tensors {SafetensorsError.Quote(tensor.Name)}", nameof(tensors));
        }
    }

    /// <summary>The tensors in the order of the file.</summary>
    public IReadOnlyList<NamedTensor> Tensors { get; }

    /// <summary>What else the file says, text by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists those there are.</exception>
    public NamedTensor this[string name] => _byName.TryGetValue(name, out NamedTensor? tensor)
        ? tensor
        : throw new KeyNotFoundException($"no tensor {SafetensorsError.Quote(name)}; there are {SafetensorsError.Shorten(string.Join(", ", Tensors.Select(tensor => tensor.ToString())), 1000)}");

    /// <summary>Whether there is a tensor of that name.</summary>
    public bool Contains(string name) => _byName.ContainsKey(name);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FormatException">It is damaged or no safetensors file, or it holds numbers of another type; the message says where.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SafetensorsFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return Read(stream);
    }

    /// <summary>Reads a file from a stream, from where it stands to its end.</summary>
    /// <inheritdoc cref="Read(string)"/>
    /// <param name="stream">The file; it stays open.</param>
    public static SafetensorsFile Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var file = new SafetensorsStream(stream);
        List<NamedTensor> tensors = [.. file.Tensors.Select(tensor => new NamedTensor(tensor.Name, Shape(tensor), file.Read(tensor)))];
        file.CheckEnd();
        return new SafetensorsFile(tensors, file.Metadata);
    }

    /// <summary>Reads a file that lies in memory.</summary>
    /// <inheritdoc cref="Read(string)"/>
    /// <param name="file">The whole file.</param>
    public static SafetensorsFile Read(byte[] file)
    {
        ArgumentNullException.ThrowIfNull(file);
        using var stream = new MemoryStream(file, writable: false);
        return Read(stream);
    }

    /// <summary>Writes the file, all of it or nothing: what was there before stays until the new file is complete. The same tensors give the same bytes.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string path) => AtomicFile.Write(path, Write);

    /// <summary>Writes the file to a stream, which stays open.</summary>
    /// <param name="stream">Receives the file.</param>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);

        // The writer may reorder the bytes of what it is given.
        SafetensorsWriter.Write([.. Tensors.Select(tensor => new SafetensorsValues(tensor.Name, [.. tensor.Shape], () => [.. tensor.Values]))], Metadata, stream);
    }

    private static IEnumerable<int> Shape(SafetensorsTensor tensor) => tensor.Shape.Select(dimension => dimension <= int.MaxValue
        ? (int)dimension
        : throw SafetensorsError.Of(tensor.Name, $"expected dimensions of at most {int.MaxValue}, got {SafetensorsError.Shape(tensor.Shape)}"));
}
