namespace RnnGen.Formats.Tests;

/// <summary>A file that is damaged.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">The sound file, or the part of an archive that is damaged.</param>
/// <param name="Count">How many mutations of it are ordinarily read; the slower the file, the fewer.</param>
/// <param name="Archive">Makes an archive of the damaged part; null where the file is damaged as a whole.</param>
/// <param name="IsOwn">Whether it was made here, and is read if it is sound. Of others' files other tests say so, and some of them are refused.</param>
internal sealed record MutatedFile(string Name, byte[] Bytes, int Count, Func<byte[], byte[]>? Archive = null, bool IsOwn = true)
{
    /// <summary>A model that has no weights: the damaged file is that of its weights. Null where the damaged file is read by itself.</summary>
    public ModelFile? Model { get; init; }

    /// <summary>Reads the file, sound or damaged.</summary>
    public void Read(ModelFile file) => ModelFormats.Read(Model ?? file, Model is null ? ImportOptions.Default : ImportOptions.Default with { Weights = file });

    /// <summary>The file to be read.</summary>
    public ModelFile Wrap(byte[] bytes) => new(Name, Archive is null ? bytes : Archive(bytes));

    /// <summary>The files of others whose names match a pattern; none where the shared folder is absent.</summary>
    public static IEnumerable<MutatedFile> Samples(int count, string pattern, params string[] folder) =>
        RnnGen.Tests.SharedFolder.Find("models", folder) is not { } path ? [] : Directory.EnumerateFiles(path, pattern, SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file => new MutatedFile(Path.GetRelativePath(path, file), File.ReadAllBytes(file), count, IsOwn: false));
}
