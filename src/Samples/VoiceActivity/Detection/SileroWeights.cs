using RnnGen.Formats.Onnx;

namespace RnnGen.Samples.VoiceActivity;

/// <summary>
/// The weights of an ONNX file by their names. The file's graph is not read, because it selects one of two sample rates by conditions. What it computes is written in
/// <see cref="VoiceDetector"/>.
/// </summary>
internal sealed class SileroWeights
{
    private readonly string _path;
    private readonly OnnxGraph _graph;

    private SileroWeights(string path, OnnxGraph graph) => (_path, _graph) = (path, graph);

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is not an ONNX file, or damaged; the message names it.</exception>
    public static SileroWeights Read(string path)
    {
        try
        {
            return new SileroWeights(path, OnnxModelReader.Read(File.ReadAllBytes(path)).Graph);
        }
        catch (Exception damage) when (damage is FormatException or OverflowException)
        {
            throw new FormatException($"{path}: expected an ONNX file; {damage.Message}", damage);
        }
    }

    /// <summary>A new network with weights of the file.</summary>
    /// <param name="names">The network's parameters and the file's names for them.</param>
    /// <exception cref="FormatException">The file has no weights of that name, or of another size.</exception>
    public TNetwork Create<TNetwork>(params (string Parameter, string Name)[] names)
        where TNetwork : class, INetwork<TNetwork>
    {
        TNetwork network = TNetwork.Create(seed: 0);
        foreach ((string parameter, string name) in names)
        {
            if (!_graph.Initializers.TryGetValue(name, out OnnxTensor? tensor))
                throw new FormatException($"{_path}: expected Silero's network for 16 kHz, but there are no weights '{name}'");

            // A convolution of one step is [outputs, inputs, 1] in the file, and a matrix here: the same numbers in the same order.
            float[] values = Array.ConvertAll(tensor.Values(), value => (float)value);
            if (values.Length != network.Parameters[parameter].Count)
                throw new FormatException($"{_path}: expected {network.Parameters[parameter].Count} weights '{name}', got {values.Length}");
            network.Parameters[parameter].Set(values);
        }

        return network;
    }
}
