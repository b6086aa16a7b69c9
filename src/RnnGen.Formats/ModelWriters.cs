using RnnGen.Formats.Onnx.Writing;

namespace RnnGen.Formats;

/// <summary>All formats that can be written. A new one is a class and one line here.</summary>
public static class ModelWriters
{
    /// <summary>The formats, by their short names.</summary>
    public static IReadOnlyList<ModelWriter> All { get; } =
    [
        new OnnxWriter(),
        new TorchSafetensorsWriter(),
        new KerasArchiveWriter(),
        new RtNeuralWriter(),
        new CWriter(),
    ];

    /// <summary>The format of a short name; null where there is none.</summary>
    public static ModelWriter? Find(string key) => All.FirstOrDefault(writer => writer.Key.Equals(key, StringComparison.OrdinalIgnoreCase));
}
