using System.Reflection;

namespace RnnGen.Runtime;

public sealed unsafe partial class NetworkMemory
{
    /// <summary>Begins the names of the resources that <c>RnnGen.targets</c> makes of weights.</summary>
    private const string EmbeddedPrefix = "RnnGen.Weights/";

    /// <inheritdoc cref="INetwork{TSelf}.Save(string)"/>
    public void Save(string path)
    {
        ParameterCollection parameters = Parameters;
        ArgumentException.ThrowIfNullOrEmpty(path);
        FiniteWeights.Check(Layout, WeightsToRead, path);
        AtomicFile.Write(path, file => SafetensorsWriter.Write(parameters, Layout.Architecture, file));
    }

    /// <summary>Writes the weights in safetensors format; the stream stays open.</summary>
    /// <param name="stream">Where to.</param>
    /// <exception cref="ArithmeticException">A weight is not finite; nothing is written.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        FiniteWeights.Check(Layout, WeightsToRead, nameof(stream));
        SafetensorsWriter.Write(Parameters, Layout.Architecture, stream);
    }

    /// <summary>
    /// Replaces the weights by those of a safetensors file: all of them, or none when anything is wrong with it. Its tensors have the names of the network's
    /// parameters, or those of a PyTorch <c>state_dict</c> whose modules have the network's structure (docs/migrating/weights.md).
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="FormatException">
    /// The file is damaged or of a network that computes something else, or a tensor is missing, unknown, of another shape or type, or holds a NaN or an
    /// infinity; the message names it.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="UnauthorizedAccessException">It is a folder, or may not be read.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public void Load(string path, LoadOptions? options = null)
    {
        ParameterCollection parameters = Parameters;
        using FileStream file = NamedFile.OpenRead(path);
        try
        {
            WeightsReader.Load(parameters, ArchitectureFor(options), file, TorchNames.Match);
            Reset();
        }
        catch (FormatException damage)
        {
            throw new FormatException($"{path}: {damage.Message}", damage);
        }
    }

    /// <summary>
    /// Replaces the weights by those of a safetensors file, read to the end of the stream: all of them, or none when anything is wrong with it. It may be
    /// longer than 2 GiB, and need not seek.
    /// </summary>
    /// <param name="stream">The file from here to its end; it stays open.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="FormatException">
    /// The file is damaged or of a network that computes something else, or a tensor is missing, unknown, of another shape or type, or holds a NaN or an
    /// infinity; the message names it.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public void Load(Stream stream, LoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        WeightsReader.Load(Parameters, ArchitectureFor(options), stream, TorchNames.Match);
        Reset();
    }

    /// <summary>
    /// Replaces the weights by those of a safetensors file that the build made part of an assembly. What they were trained to compute was compared when it was
    /// compiled (RNN063), where that may be suppressed.
    /// </summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="path">The file's path in the project, with slashes.</param>
    /// <exception cref="FormatException">The file is damaged or does not fit this network; the message names the tensor.</exception>
    /// <exception cref="FileNotFoundException">The assembly has no such file: it was built without the package's targets.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public void LoadEmbedded(Assembly assembly, string path)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        if (EmbeddedWeights.TryFind(assembly, path, out ReadOnlySpan<byte> constant))
        {
            LoadEmbedded(constant);
            return;
        }

        using Stream? stream = assembly.GetManifestResourceStream(EmbeddedPrefix + path);
        if (stream is null)
        {
            throw new FileNotFoundException(
                $"{Layout.Network}: expected {path} in {assembly.GetName().Name}, got none: it is embedded by RnnGen.targets, as an AdditionalFiles item", path);
        }

        if (stream is UnmanagedMemoryStream { Length: <= int.MaxValue } mapped)
        {
            LoadEmbedded(new ReadOnlySpan<byte>(mapped.PositionPointer, (int)mapped.Length)); // Where the image lies in memory already: nothing is copied.
            return;
        }

        WeightsReader.Load(Parameters, "", stream, names: null);
        Reset();
    }

    private void LoadEmbedded(ReadOnlySpan<byte> safetensors)
    {
        WeightsReader.Load(Parameters, "", safetensors, names: null);
        Reset();
    }

    /// <summary>Replaces the weights by those of a safetensors file: all of them, or none when anything is wrong with it.</summary>
    /// <param name="safetensors">The whole file.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="FormatException">
    /// The file is damaged or of a network that computes something else, or a tensor is missing, unknown, of another shape or type, or holds a NaN or an
    /// infinity; the message names it.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public void Load(ReadOnlySpan<byte> safetensors, LoadOptions? options = null)
    {
        WeightsReader.Load(Parameters, ArchitectureFor(options), safetensors, TorchNames.Match);
        Reset();
    }

    /// <summary>What a file must say that it is of; empty where it may say anything.</summary>
    private string ArchitectureFor(LoadOptions? options) => options is { IgnoreArchitecture: true } ? "" : Layout.Architecture;
}
