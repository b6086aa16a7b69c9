using System.Globalization;
using System.Text;

namespace RnnGen.Formats.Keras;

/// <summary>
/// Weights of a <c>.keras</c> archive: by place, not by name. A layer's group is its class in snake case with a number where there are several
/// (<c>layers/lstm</c>, <c>layers/lstm_1</c>), and below it lie <c>vars/0</c>, <c>vars/1</c>, … of itself and of what it is made of.
/// </summary>
internal sealed class KerasPathWeights : KerasWeights
{
    // In the order of Keras's layer.weights: of the layer itself, of its cell, of its directions, of what it wraps.
    private static readonly string[] Parts = ["cell", "forward_layer", "backward_layer", "layer"];

    private readonly Hdf5File _file;
    private readonly string _root;
    private readonly Dictionary<string, IReadOnlyList<NamedTensor>> _read = new(StringComparer.Ordinal);
    private Dictionary<KerasLayer, string>? _groups;

    /// <summary>The weights of a file.</summary>
    public KerasPathWeights(Hdf5File file)
    {
        _file = file;
        _root = file.Exists("/layers") ? "/layers" : file.Exists("/_layer_checkpoint_dependencies") ? "/_layer_checkpoint_dependencies" : throw new FormatException("expected a group layers, got none");
    }

    /// <summary>The groups of layers as they lie in the file: by name.</summary>
    public IReadOnlyList<string> Groups => _file.Children(_root);

    /// <summary>A class in snake case: <c>SimpleRNN</c> → <c>simple_rnn</c>, <c>Conv1D</c> → <c>conv1d</c>.</summary>
    public static string SnakeCase(string kind)
    {
        var name = new StringBuilder();
        for (int at = 0; at < kind.Length; at++)
        {
            bool starts = char.IsAsciiLetterUpper(kind[at]) && at > 0
                && (char.IsAsciiLetterLower(kind[at - 1]) || (at + 1 < kind.Length && char.IsAsciiLetterLower(kind[at + 1])));
            name.Append(starts ? "_" : "").Append(char.ToLowerInvariant(kind[at]));
        }

        return name.ToString();
    }

    /// <summary>The groups of layers.</summary>
    /// <param name="layers">The layers in Keras's order (<see cref="KerasOrder"/>).</param>
    /// <param name="kind">A layer's class.</param>
    public static IEnumerable<(T Layer, string Group)> Numbered<T>(IEnumerable<T> layers, Func<T, string> kind)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (T layer in layers)
        {
            string name = SnakeCase(kind(layer));
            int number = counts.TryGetValue(name, out int count) ? count : 0;
            counts[name] = number + 1;
            yield return (layer, number == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}_{number}"));
        }
    }

    public override void Check(IReadOnlyList<KerasLayer> layers)
    {
        _groups = Numbered(layers, layer => layer.Kind).ToDictionary(pair => pair.Layer, pair => pair.Group);
        foreach (string group in Groups.Except(_groups.Values))
        {
            if (Below($"{_root}/{group}", 0).Any())
                throw new FormatException($"expected weights of {Text.Shorten(string.Join(", ", _groups.Values), 300)}, got some of {Text.Quote(group)}");
        }
    }

    public override IReadOnlyList<NamedTensor> Of(KerasLayer layer) => Of(_groups![layer]);

    /// <summary>The weights of a group.</summary>
    public IReadOnlyList<NamedTensor> Of(string group)
    {
        if (!_read.TryGetValue(group, out IReadOnlyList<NamedTensor>? tensors))
            _read.Add(group, tensors = _file.Exists($"{_root}/{group}") ? [.. Below($"{_root}/{group}", 0)] : []);
        return tensors;
    }

    private IEnumerable<NamedTensor> Below(string group, int depth)
    {
        // Bidirectional, its layer, its cell: no layer that is read goes deeper.
        const int deepest = 4;
        if (depth > deepest)
            throw new FormatException($"{Text.Shorten(group)}: expected groups at most {deepest} deep");
        IReadOnlyList<string> children = _file.Children(group);
        if (children.Contains("vars"))
        {
            int count = _file.Children(group + "/vars").Count;
            for (int number = 0; number < count; number++)
                yield return _file.Tensor(string.Create(CultureInfo.InvariantCulture, $"{group}/vars/{number}"));
        }

        foreach (string part in Parts.Where(children.Contains))
        {
            foreach (NamedTensor tensor in Below($"{group}/{part}", depth + 1))
                yield return tensor;
        }

        foreach (string other in children.Except(Parts).Where(child => child is not ("vars" or "seed_generator")))
        {
            if (_file.IsGroup($"{group}/{other}") && Below($"{group}/{other}", depth + 1).Any())
                throw new FormatException($"{Text.Shorten(group)}: expected vars, {string.Join(", ", Parts)}, got {Text.Quote(other)}");
        }
    }
}
