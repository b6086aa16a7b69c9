namespace RnnGen.Runtime;

/// <summary>One layer of a PyTorch module: <c>Linear</c>, <c>Embedding</c>, a cell, or a layer of <c>LSTM</c>, <c>GRU</c> and <c>RNN</c> with all its directions.</summary>
/// <param name="Path">Its name in the model: <c>model.rec</c>.</param>
/// <param name="Number">Which layer of the module, from 0.</param>
/// <param name="Tensors">Its tensors by the names that RnnGen's layers have for them: <c>weight_ih</c>, <c>weight_ih_reverse</c>.</param>
internal sealed record TorchModule(string Path, int Number, IReadOnlyDictionary<string, SafetensorsTensor> Tensors)
{
    /// <summary>Its tensors and their shapes, as a text that is the same for all that are alike.</summary>
    public string Signature { get; } = Sign(Tensors.ToDictionary(tensor => tensor.Key, tensor => tensor.Value.Shape));

    /// <summary>The last part of its path.</summary>
    public string LastName => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>The modules of a file; none where a name is not of the form that PyTorch gives.</summary>
    public static TorchModule[] Of(IReadOnlyList<SafetensorsTensor> tensors)
    {
        var modules = new Dictionary<(string Path, int Number), Dictionary<string, SafetensorsTensor>>();
        foreach (SafetensorsTensor tensor in tensors)
        {
            if (TorchName.Parse(tensor.Name) is not var (path, number, own))
                return [];
            if (!modules.TryGetValue((path, number), out var module))
                modules.Add((path, number), module = new(StringComparer.Ordinal));
            if (!module.TryAdd(own, tensor))
                return [];
        }

        return [.. modules.Select(module => new TorchModule(module.Key.Path, module.Key.Number, module.Value))];
    }

    /// <summary>The signature of tensors of given shapes.</summary>
    public static string Sign(IReadOnlyDictionary<string, IReadOnlyList<long>> shapes) =>
        string.Join(", ", shapes.OrderBy(shape => shape.Key, StringComparer.Ordinal).Select(shape => $"{shape.Key} {SafetensorsError.Shape(shape.Value)}"));

    /// <summary>Which of two comes first in a model: negative, positive, or null where their names do not say it.</summary>
    public static int? Order(TorchModule one, TorchModule other) => one.Path == other.Path ? one.Number.CompareTo(other.Number) : TorchName.Order(one.Path, other.Path);

    /// <summary>Whether a layer of this name is named after it.</summary>
    public bool IsNamed(string layer) => Number == 0 && (LastName == layer || Path == layer);

    public override string ToString() => $"{(Path.Length == 0 ? "the model" : Path)}{(Number > 0 ? $" layer {Number}" : "")} ({Signature})";
}
