namespace RnnGen.Formats;

/// <summary>A file as readers get it: its bytes, all of them in memory.</summary>
/// <param name="Name">Its name, for messages; no reader decides by it.</param>
/// <param name="Bytes">Its content.</param>
public sealed record ModelFile(string Name, byte[] Bytes)
{
    /// <summary>Reads a file from the disk.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ModelFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            throw new IOException($"{path}: expected a file, got a folder");
        return new ModelFile(Path.GetFileName(path), File.ReadAllBytes(path));
    }

    /// <summary>Whether it begins with the given bytes.</summary>
    internal bool StartsWith(ReadOnlySpan<byte> start) => Bytes.AsSpan().StartsWith(start);
}
