namespace RnnGen.Formats;

/// <summary>A format that can be written.</summary>
public abstract class ModelWriter
{
    /// <summary>Made by this library alone.</summary>
    private protected ModelWriter()
    {
    }

    /// <summary>Its short name, in lower case, by which it is asked for: <c>onnx</c>.</summary>
    public abstract string Key { get; }

    /// <summary>Its name, for display: <c>RTNeural JSON</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What files of it end in: <c>.onnx</c>.</summary>
    public abstract string Extension { get; }

    /// <summary>Whether its files hold weights and not what is computed with them, so that they are verified by a network that loads them.</summary>
    internal virtual bool HoldsWeightsAlone => false;

    /// <summary>Writes a network.</summary>
    /// <param name="model">The network.</param>
    /// <param name="stream">Where to; it need not seek, and stays open.</param>
    /// <exception cref="UnsupportedLayerException">The format has no words for a layer or for one of its options. Nothing was written then.</exception>
    /// <exception cref="IOException">The stream does not take it.</exception>
    public abstract void Write(ModelDescription model, Stream stream);
}
