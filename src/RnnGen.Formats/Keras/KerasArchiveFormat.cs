using System.IO.Compression;
using System.Text;

namespace RnnGen.Formats.Keras;

/// <summary>A model in a <c>.keras</c> archive: <c>config.json</c>, <c>metadata.json</c> and <c>model.weights.h5</c> in a zip.</summary>
internal sealed class KerasArchiveFormat : ModelFormat
{
    // Keras stores weights as they are; others may deflate them, by a factor that real weights never reach.
    private const int MostExpansion = 100;

    private static readonly byte[] Signature = [(byte)'P', (byte)'K', 3, 4];

    public override string Name => "Keras (.keras)";

    internal override bool Recognizes(ModelFile file)
    {
        if (!file.StartsWith(Signature))
            return false;
        try
        {
            using ZipArchive zip = Open(file);
            return zip.GetEntry("config.json") is not null && zip.GetEntry("model.weights.h5") is not null;
        }
        catch (Exception damage) when (damage is InvalidDataException or IOException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    internal override ModelDescription Read(ModelFile file, ImportOptions options) => KerasDamage.Guarded(Name, file.Name, () =>
    {
        using ZipArchive zip = Open(file);
        string config = Encoding.UTF8.GetString(Entry(zip, "config.json", file)!);
        byte[]? metadata = Entry(zip, "metadata.json", file);
        string? version = metadata is null ? null : KerasJson.Text(KerasJson.Parse("metadata.json", Encoding.UTF8.GetString(metadata)), "keras_version");
        Hdf5File hdf5 = Hdf5File.Open("model.weights.h5", Entry(zip, "model.weights.h5", file)!);
        return KerasModel.Read(KerasJson.Parse("config.json", config), KerasVersion.Of(version), new KerasPathWeights(hdf5), Name, options);
    });

    private static ZipArchive Open(ModelFile file) => new(new MemoryStream(file.Bytes, writable: false), ZipArchiveMode.Read);

    private static byte[]? Entry(ZipArchive zip, string name, ModelFile file)
    {
        if (zip.GetEntry(name) is not { } entry)
            return null;
        if (entry.Length > (long)file.Bytes.Length * MostExpansion)
            throw new FormatException($"{name}: expected at most {MostExpansion} times the file's {file.Bytes.Length} bytes, got {entry.Length}");
        byte[] bytes = new byte[entry.Length];
        using Stream stream = entry.Open();
        stream.ReadExactly(bytes);
        return bytes;
    }
}
