namespace RnnGen.Formats;

/// <summary>A layer of a <see cref="ModelDescription"/>.</summary>
/// <param name="Name">The prefix of its parameters: the attribute's name, or kind and place (<c>lstm0</c>).</param>
/// <param name="Attribute">The layer as a class would have it; <see cref="LayerAttribute.From"/> holds names of layers before it.</param>
/// <param name="Sources">The places of the layers that it reads, −1 for the network's input.</param>
/// <param name="InputSize">Values that it reads at each step, of all sources together.</param>
/// <param name="OutputSize">Values that it gives.</param>
/// <param name="IsPerSequence">Whether it gives one vector per sequence rather than one per step.</param>
/// <param name="Tensors">Its parameters under their full names.</param>
/// <param name="Comment">Where it comes from, for the generated class; null for nothing.</param>
public sealed record ModelLayer(
    string Name,
    LayerAttribute Attribute,
    IReadOnlyList<int> Sources,
    int InputSize,
    int OutputSize,
    bool IsPerSequence,
    IReadOnlyList<NamedTensor> Tensors,
    string? Comment)
{
    /// <summary>One of its parameters by its name without the layer's; null where it has none of that name.</summary>
    public NamedTensor? Find(string parameter) => Tensors.FirstOrDefault(tensor => tensor.Name.Length == Name.Length + 1 + parameter.Length
        && tensor.Name.EndsWith(parameter, StringComparison.Ordinal));
}
