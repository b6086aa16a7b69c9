namespace RnnGen.Formats;

/// <summary>A format that can be read.</summary>
public abstract class ModelFormat
{
    /// <summary>Made by this library alone.</summary>
    private protected ModelFormat()
    {
    }

    /// <summary>Its name, for display: <c>Keras (HDF5)</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether it takes <see cref="ImportOptions.Weights"/> while it reads a file; into networks of other formats they are loaded afterwards.</summary>
    internal virtual bool ReadsWeights => false;

    /// <summary>Whether a file is of this format, by its content. Cheap, and false rather than an exception for anything else.</summary>
    internal abstract bool Recognizes(ModelFile file);

    /// <summary>Reads a file that was recognised.</summary>
    /// <exception cref="FormatException">It is damaged, or not as the format demands; the message says where.</exception>
    /// <exception cref="UnsupportedLayerException">It holds what RnnGen's layers cannot express.</exception>
    internal abstract ModelDescription Read(ModelFile file, ImportOptions options);

    /// <summary>Refuses to read a part of a file, of a format whose layers have no names to state it by.</summary>
    /// <exception cref="FormatException">A part is asked for.</exception>
    private protected void RefusePart(ImportOptions options)
    {
        if (options.Subgraph is { } part)
            throw new FormatException($"{Name}: expected the whole file to be read, got a part, {Text.Quote(part.First)} to {Text.Quote(part.Last)}; layers of this format have no names");
    }
}
