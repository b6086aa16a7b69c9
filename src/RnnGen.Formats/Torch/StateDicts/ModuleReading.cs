namespace RnnGen.Formats.Torch;

/// <summary>What a module may be: layers, as far as its tensors say it.</summary>
/// <param name="Module">The module.</param>
/// <param name="Kind">What PyTorch calls it: <c>LSTM</c>.</param>
/// <param name="Inputs">Values that it reads, or classes.</param>
/// <param name="Outputs">Values that it gives.</param>
/// <param name="Layers">The layers, each with what reads its parameters.</param>
internal sealed record ModuleReading(StateModule Module, string Kind, int Inputs, int Outputs, IReadOnlyList<(LayerAttribute Layer, Func<(string, float[])[]> Parameters)> Layers)
{
    /// <summary>Whether it reads classes, and so must be the first.</summary>
    public bool ReadsClasses => Kind == "Embedding";

    /// <summary>All that a module may be.</summary>
    /// <exception cref="UnsupportedLayerException">It is nothing that RnnGen has.</exception>
    /// <exception cref="FormatException">Its tensors do not fit.</exception>
    public static IReadOnlyList<ModuleReading> Of(StateModule module)
    {
        if (module.Tensors.Keys.Any(key => key.Own is "weight_ih" or "weight_hh"))
            return [RecurrentModule.Read(module)];
        if (module.Is(("weight", 2), ("bias", 1)))
            return [Linear(module)];
        if (module.Is(("weight", 2)))
            return [Linear(module), Embedding(module)];
        if (module.Is(("weight", 3), ("bias", 1)) || module.Is(("weight", 3)))
            return [Convolution(module)];
        if (module.Is(("weight", 1), ("bias", 1)))
            return [Norm(module)];
        if (module.Find("running_mean") is not null)
            return [BatchNormModule.Read(module)];
        throw Unsupported(module, "module", $"its tensors match no layer that RnnGen has: {string.Join(", ", module.Tensors.Keys.Select(key => key.Own).Take(6))}");
    }

    /// <summary>What is said of a module that cannot be read.</summary>
    public static UnsupportedLayerException Unsupported(StateModule module, string kind, string reason) => new(
        module.Path.Length == 0 ? "the model itself" : module.Path, kind, reason, "A chain of LSTM, GRU, RNN, Linear, Embedding, LayerNorm and BatchNorm1d can be read");

    private static ModuleReading Linear(StateModule module)
    {
        StateTensor weight = module.Find("weight")!;
        return new(module, "Linear", weight.Shape[1], weight.Shape[0], [(new DenseAttribute(weight.Shape[0]) { Bias = module.Find("bias") is not null }, () => Parameters(module))]);
    }

    private static ModuleReading Embedding(StateModule module)
    {
        StateTensor weight = module.Find("weight")!;
        return new(module, "Embedding", weight.Shape[0], weight.Shape[1], [(new EmbeddingAttribute(weight.Shape[1]), () => Parameters(module))]);
    }

    /// <summary>A convolution over one step is a Linear; a longer one has a stride, a padding and a dilation that a state dict does not hold.</summary>
    private static ModuleReading Convolution(StateModule module)
    {
        IReadOnlyList<int> shape = module.Find("weight")!.Shape;
        return shape[2] == 1
            ? new(module, "Conv1d", shape[1], shape[0], [(new DenseAttribute(shape[0]) { Bias = module.Find("bias") is not null }, () => Parameters(module))])
            : throw Unsupported(module, "Conv1d", "a state dict does not say its stride, padding and dilation");
    }

    private static ModuleReading Norm(StateModule module)
    {
        int size = module.Find("weight")!.Shape[0];
        return new(module, "LayerNorm", size, size, [(new LayerNormAttribute(), () => Parameters(module))]);
    }

    private static (string, float[])[] Parameters(StateModule module) => [.. module.Tensors.Select(tensor => (tensor.Key.Own, tensor.Value.Values()))];
}
