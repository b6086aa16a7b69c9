namespace RnnGen.Formats.Keras;

/// <summary>A layer of a file that holds weights only.</summary>
/// <param name="Name">Its name, or that of its group.</param>
/// <param name="Kind">Its class in snake case where the file says that and not the order of all layers; null where the file has layers in order.</param>
/// <param name="Tensors">Its weights.</param>
internal sealed record KerasWeightsLayer(string Name, string? Kind, IReadOnlyList<NamedTensor> Tensors);
