namespace RnnGen.Formats.Tests.Torch;

/// <summary>Networks as state dicts.</summary>
internal static class StateDicts
{
    /// <summary>The tensors of a network under PyTorch's names.</summary>
    /// <param name="model">The network.</param>
    /// <param name="modules">The module of each layer that has parameters; <c>rec/1</c> is the second layer of a recurrent one.</param>
    public static NamedTensor[] Of(ModelDescription model, params string[] modules)
    {
        ModelLayer[] layers = [.. model.Layers.Where(layer => layer.Tensors.Count > 0)];
        Assert.Equal(layers.Length, modules.Length);
        return [.. layers.Zip(modules).SelectMany(pair => pair.First.Tensors.Select(tensor => new NamedTensor(Name(pair.Second, tensor.Name[(pair.First.Name.Length + 1)..]), tensor.Shape, tensor.Values)))];
    }

    /// <summary>A safetensors file of them; its writer sorts nothing, PyTorch's sorts by name.</summary>
    public static ModelFile Safetensors(IEnumerable<NamedTensor> tensors)
    {
        using var stream = new MemoryStream();
        new SafetensorsFile(tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal), new Dictionary<string, string> { ["format"] = "pt" }).Write(stream);
        return new ModelFile("model.safetensors", stream.ToArray());
    }

    private static string Name(string module, string own)
    {
        const string reverse = "_reverse";
        if (module.Split('/') is not [var path, var layer])
            return module.Length == 0 ? own : $"{module}.{own}";
        string prefix = path.Length == 0 ? "" : path + ".";
        return own.EndsWith(reverse, StringComparison.Ordinal) ? $"{prefix}{own[..^reverse.Length]}_l{layer}{reverse}" : $"{prefix}{own}_l{layer}";
    }
}
