namespace RnnGen.Formats.Torch;

/// <summary>
/// Writes the weights as a <c>state_dict</c> in safetensors: <c>lstm0.weight_ih_l0</c> and the like, for modules that are called as the layers are. It refuses what PyTorch's modules of
/// that kind do not compute. The format has no place for activations and the order of layers: those are the model's code.
/// </summary>
internal sealed class TorchSafetensorsWriter : ModelWriter
{
    public override string Key => "safetensors";

    public override string Name => "safetensors with PyTorch's names";

    public override string Extension => ".safetensors";

    internal override bool HoldsWeightsAlone => true;

    public override void Write(ModelDescription model, Stream stream) => new SafetensorsFile(
        [.. model.Layers.SelectMany(layer => layer.Tensors.Select(tensor => new NamedTensor(Named(layer, tensor), tensor.Shape, tensor.Values)))],
        new Dictionary<string, string> { ["format"] = "pt" }).Write(stream);

    private static string Named(ModelLayer layer, NamedTensor tensor)
    {
        if (layer.Attribute is not RecurrentLayerAttribute recurrent)
            return tensor.Name;
        if (Foreign(recurrent) is { } option)
            throw new UnsupportedLayerException(layer.Name, LayerNames.Kind(recurrent), $"PyTorch's module has no {option}");
        const string reverse = "_reverse";
        return tensor.Name.EndsWith(reverse, StringComparison.Ordinal) ? $"{tensor.Name[..^reverse.Length]}_l0{reverse}" : tensor.Name + "_l0";
    }

    private static string? Foreign(RecurrentLayerAttribute layer) => layer switch
    {
        CellAttribute => "such cell",
        { LayerNorm: true } => "layer normalisation within the cell",
        { Clip: not 0 } => "clip",
        { LearnedState: true } => "learned state",
        { Direction: Direction.Bidirectional, Merge: not Merge.Concat } => "directions that are merged otherwise than side by side",
        { Direction: Direction.Reverse } => "reverse direction alone",
        LstmAttribute { Peephole: true } => "peepholes",
        LstmAttribute { CoupledGates: true } => "coupled gates",
        LstmAttribute { CellClip: not 0 } => "clip of the cell",
        LstmAttribute lstm when lstm is not { GateActivation: Activation.Sigmoid, CandidateActivation: Activation.Tanh, CellActivation: Activation.Tanh } => "other activations",
        GruAttribute { Reset: ResetGate.BeforeProduct } => "reset gate before the product",
        GruAttribute gru when gru is not { GateActivation: Activation.Sigmoid, CandidateActivation: Activation.Tanh } => "other activations",
        RnnAttribute { Activation: not (Activation.Tanh or Activation.Relu) } => "activations but tanh and ReLU",
        _ => null,
    };
}
