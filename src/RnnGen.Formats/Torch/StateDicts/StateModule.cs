using RnnGen.Runtime;

namespace RnnGen.Formats.Torch;

/// <summary>A module of a state dict, with its tensors.</summary>
/// <param name="Path">Its name in the model: <c>model.rec</c>.</param>
/// <param name="Tensors">Its tensors by layer (of <c>LSTM</c> and the like; else 0) and by what they are called there.</param>
internal sealed record StateModule(string Path, IReadOnlyDictionary<(int Layer, string Own), StateTensor> Tensors)
{
    private static readonly HashSet<string> OfRnnGen = new(StringComparer.Ordinal) { "lstm", "gru", "rnn", "dense", "embedding", "layernorm", "conv1d" };

    /// <summary>The modules of a state dict, each where its first tensor is.</summary>
    /// <exception cref="FormatException">Two tensors are one and the same.</exception>
    public static IReadOnlyList<StateModule> Of(IEnumerable<StateTensor> tensors)
    {
        List<(string Path, Dictionary<(int, string), StateTensor> Tensors)> modules = [];
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        foreach (StateTensor tensor in tensors)
        {
            int point = tensor.Name.LastIndexOf('.');
            TorchName name = TorchName.Parse(tensor.Name) ?? new TorchName(point < 0 ? "" : tensor.Name[..point], 0, tensor.Name[(point + 1)..]);
            if (!places.TryGetValue(name.Path, out int place))
            {
                places.Add(name.Path, place = modules.Count);
                modules.Add((name.Path, []));
            }

            if (!modules[place].Tensors.TryAdd((name.Number, name.Own), tensor))
                throw new FormatException($"tensor {Text.Quote(tensor.Name)}: another tensor has that name");
        }

        return [.. modules.Select(module => new StateModule(module.Path, module.Tensors))];
    }

    /// <summary>Its name for display.</summary>
    public string Title => Path.Length == 0 ? "the model itself" : Text.Quote(Path);

    /// <summary>A tensor of its first layer; null where it has none of that name.</summary>
    public StateTensor? Find(string own) => Tensors.GetValueOrDefault((0, own));

    /// <summary>Whether its tensors are these, each of so many dimensions.</summary>
    public bool Is(params (string Own, int Dimensions)[] expected) =>
        Tensors.Count == expected.Length && expected.All(tensor => Find(tensor.Own)?.Shape.Count == tensor.Dimensions);

    /// <summary>
    /// Whether another module comes after it, as far as their names say that: <c>net.0</c> and <c>net.2</c>, <c>fc1</c> and <c>fc2</c>, and <c>lstm0</c> and
    /// <c>dense1</c>, which are RnnGen's own names.
    /// </summary>
    public bool IsBefore(StateModule other)
    {
        if (TorchName.Order(Path, other.Path) is { } order)
            return order < 0;
        (string stem, long number) = Numbered(Path);
        (string otherStem, long otherNumber) = Numbered(other.Path);
        return (stem == otherStem || (OfRnnGen.Contains(stem) && OfRnnGen.Contains(otherStem))) && number >= 0 && otherNumber >= 0 && number < otherNumber;
    }

    public override string ToString() => $"{Title} ({string.Join(", ", Tensors.Values.Select(tensor => $"{tensor.Name[(Path.Length == 0 ? 0 : Path.Length + 1)..]} {Text.Shape(tensor.Shape)}"))})";

    private static (string Stem, long Number) Numbered(string path)
    {
        int end = path.Length;
        while (end > 0 && path.Length - end < 9 && char.IsAsciiDigit(path[end - 1]))
            end--;
        return (path[..end], end < path.Length ? long.Parse(path.AsSpan(end), System.Globalization.CultureInfo.InvariantCulture) : -1);
    }
}
