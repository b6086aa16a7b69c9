namespace RnnGen.Formats.Torch;

/// <summary>
/// <c>BatchNorm1d</c> with its running statistics, <c>γ (x − mean) / √(variance + ε) + β</c>: a layer of its own, whose matrix is diagonal. It is not folded into its
/// neighbours, for a state dict does not say whether there is an activation between them.
/// </summary>
internal static class BatchNormModule
{
    private const double Epsilon = 1e-5;

    // A diagonal of this size is a matrix of 1 MB.
    private const int Largest = 512;

    /// <summary>The only thing that such a module may be.</summary>
    /// <exception cref="UnsupportedLayerException">It has other tensors, or too many values for a matrix.</exception>
    public static ModuleReading Read(StateModule module)
    {
        if (!module.Is(("running_mean", 1), ("running_var", 1)) && !module.Is(("running_mean", 1), ("running_var", 1), ("weight", 1), ("bias", 1)))
            throw ModuleReading.Unsupported(module, "BatchNorm1d", $"its tensors are {string.Join(", ", module.Tensors.Keys.Select(key => key.Own).Take(6))}");
        int size = module.Find("running_mean")!.Shape[0];
        if (size > Largest)
            throw ModuleReading.Unsupported(module, "BatchNorm1d", $"it has {size} values; at most {Largest} can be written as a Dense layer");
        if (module.Tensors.Values.FirstOrDefault(tensor => tensor.Shape[0] != size) is { } other)
            throw new FormatException($"tensor {Text.Quote(other.Name)}: expected {size} values, got {other.Shape[0]}");
        return new ModuleReading(module, "BatchNorm1d", size, size, [(new DenseAttribute(size), () => Diagonal(module, size))]);
    }

    private static (string, float[])[] Diagonal(StateModule module, int size)
    {
        float[] mean = module.Find("running_mean")!.Values(), variance = module.Find("running_var")!.Values();
        float[]? scale = module.Find("weight")?.Values(), offset = module.Find("bias")?.Values();
        float[] weight = new float[size * size], bias = new float[size];
        for (int at = 0; at < size; at++)
            weight[(at * size) + at] = 1;
        Normalization.Of(mean, variance, Epsilon, scale, offset).FoldInto(weight, bias);
        return [("weight", weight), ("bias", bias)];
    }
}
