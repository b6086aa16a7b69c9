namespace RnnGen.Runtime;

/// <summary>One layer of a PyTorch module: <c>Linear</c>, <c>Embedding</c>, a cell, or a layer of <c>LSTM</c>, <c>GRU</c> and <c>RNN</c> with all its directions.</summary>
/// <param name="Path">Its name in the model: <c>model.rec</c>.</param>
/// <param name="Number">Which layer of the module, from 0.</param>
/// <param name="Tensors">Its tensors by the names that RnnGen's layers have for them: <c>weight_ih</c>, <c>weight_ih_reverse</c>.</param>
internal sealed record TorchModule(string Path, int Number, IReadOnlyDictionary<string, SafetensorsTensor> Tensors)
{
    private const string Reverse = "_reverse";
    private static readonly string[] OfRecurrent = ["weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_hr"];

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
            if (Parse(tensor.Name) is not var (path, number, own))
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
    public static int? Order(TorchModule one, TorchModule other)
    {
        if (one.Path == other.Path)
            return one.Number.CompareTo(other.Number);
        string[] names = one.Path.Split('.'), others = other.Path.Split('.');
        int first = 0;
        while (first < names.Length && first < others.Length && names[first] == others[first])
            first++;
        return first < names.Length && first < others.Length && Digits(names[first]) is { } number && Digits(others[first]) is { } than
            ? number.CompareTo(than)
            : null;
    }

    /// <summary>Whether a tensor is of a layer of <c>LSTM</c>, <c>GRU</c> or <c>RNN</c>: no parameter of RnnGen's ends like it.</summary>
    public static bool IsOfRecurrent(string name) => Parse(name) is var (_, _, own) && !name.EndsWith(own, StringComparison.Ordinal);

    /// <summary>Whether a layer of this name is named after it.</summary>
    public bool IsNamed(string layer) => Number == 0 && (LastName == layer || Path == layer);

    public override string ToString() => $"{(Path.Length == 0 ? "the model" : Path)}{(Number > 0 ? $" layer {Number}" : "")} ({Signature})";

    /// <summary>The parts of a tensor's name, <c>model.rec.weight_ih_l0_reverse</c>: path, layer, and what RnnGen calls the tensor. Null for another name.</summary>
    private static (string Path, int Number, string Own)? Parse(string name)
    {
        int point = name.LastIndexOf('.');
        string path = point < 0 ? "" : name[..point], last = name[(point + 1)..];
        if (last is "weight" or "bias" || OfRecurrent.Contains(last))
            return (path, 0, last);
        string reverse = last.EndsWith(Reverse, StringComparison.Ordinal) ? Reverse : "";
        int mark = last.LastIndexOf("_l", StringComparison.Ordinal);
        return mark > 0 && OfRecurrent.Contains(last[..mark]) && Digits(last[(mark + 2)..^reverse.Length]) is { } number ? (path, number, last[..mark] + reverse) : null;
    }

    /// <summary>A number of few digits; null for anything else.</summary>
    private static int? Digits(string text)
    {
        if (text.Length is 0 or > 6 || !text.All(char.IsAsciiDigit))
            return null;
        int value = 0;
        foreach (char digit in text)
            value = 10 * value + (digit - '0');
        return value;
    }
}
