namespace RnnGen.Formats;

/// <summary>All formats that can be read. A new one is a class and one line here.</summary>
public static class ModelFormats
{
    /// <summary>The formats, in the order in which a file is offered to them: those with a signature first.</summary>
    public static IReadOnlyList<ModelFormat> All { get; } =
    [
        new SafetensorsFormat(),
        new SafetensorsStateDictFormat(),
        new TorchFormat(),
        new KerasH5Format(),
        new KerasArchiveFormat(),
        new KerasJsonFormat(),
        new Dl4jFormat(),
        new TfliteFormat(),
        new OnnxFormat(),
        new NamFormat(),
        new GuitarMlFormat(),
        new AidaXFormat(),
        new RtNeuralFormat(),
        new RtNeuralTorchFormat(),
        new RnnoiseFormat(),
    ];

    /// <summary>Reads a file of any format, which its content decides.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FormatException">It is of no known format, damaged, or not as its format demands; the message says where.</exception>
    /// <exception cref="UnsupportedLayerException">It holds what RnnGen's layers cannot express.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ModelDescription Read(string path) => Read(path, ImportOptions.Default);

    /// <summary>Reads a file of any format, with options.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is read.</param>
    /// <exception cref="FormatException">It is of no known format, damaged, or not as its format demands; the message says where.</exception>
    /// <exception cref="UnsupportedLayerException">It holds what RnnGen's layers cannot express.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ModelDescription Read(string path, ImportOptions options) => Read(ModelFile.Read(path), options);

    /// <summary>The same of a file that lies in memory.</summary>
    /// <inheritdoc cref="Read(string)"/>
    /// <param name="file">The file.</param>
    /// <param name="options">How it is read.</param>
    public static ModelDescription Read(ModelFile file, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        ModelFormat format = All.FirstOrDefault(format => format.Recognizes(file))
            ?? throw new FormatException($"{Text.Quote(file.Name)}: expected one of {string.Join(", ", All.Select(format => format.Name))}, got a file of none of them ({file.Bytes.Length} bytes)");
        try
        {
            ModelDescription model = format.Read(file, options);
            return options.Weights is { } weights && !format.ReadsWeights ? KerasWeightsFile.Load(model, weights) : model;
        }
        catch (Exception damage) when (damage is OverflowException or EndOfStreamException or InvalidDataException)
        {
            throw new FormatException($"{format.Name} {Text.Quote(file.Name)}: {damage.Message}", damage);
        }
    }
}
