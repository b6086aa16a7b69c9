using RnnGen.Generator.Cells;
using RnnGen.Generator.Ir;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Graph;

/// <summary>
/// From the layers that a user wrote to the parts that are computed, in order: a bidirectional layer becomes a part for each direction and one that merges
/// them, pooling a running value and its last step, a convolution a window on the past and a product.
/// </summary>
internal sealed class NetworkGraph
{
    private const string Identity = "Identity";

    private readonly NetworkSpec _spec;
    private readonly LayerCatalogue _catalogue;
    private readonly List<Part> _parts = [];
    private string _current = Part.NetworkInput;
    private int _size;
    private bool _oncePerSequence;
    private Directions? _directions;

    private NetworkGraph(NetworkSpec spec, LayerCatalogue catalogue) => (_spec, _catalogue, _size) = (spec, catalogue, spec.InputSize);

    public static IReadOnlyList<Part> Of(NetworkSpec spec, LayerCatalogue catalogue)
    {
        var graph = new NetworkGraph(spec, catalogue);
        foreach (int index in graph.Order())
            graph.Add(spec.Layers[index], index);
        graph.Current();
        return graph._parts;
    }

    /// <summary>Whether a part that comes after another one reads a value too: on the way back it is the first to leave a gradient of it.</summary>
    public static bool IsReadAfter(IEnumerable<Part> parts, string part, string value) =>
        parts.SkipWhile(candidate => candidate.Id != part).Skip(1).Any(later => later.Inputs.Any(input => input.Source == value));

    /// <summary>
    /// The layers in the order in which they are computed: dropout before the last step hides as well behind it, where only one step is left to hide, and where
    /// it does not part the step from the directions that it ends.
    /// </summary>
    private List<int> Order()
    {
        var order = Enumerable.Range(0, _spec.Layers.Count).ToList();
        for (int place = 0; place + 1 < order.Count; place++)
            for (int later = place; later >= 0 && IsRole(order[later], LayerRole.Dropout) && IsRole(order[later + 1], LayerRole.LastStep); later--)
                (order[later], order[later + 1]) = (order[later + 1], order[later]);
        return order;
    }

    private bool IsRole(int layer, LayerRole role) => _catalogue.Find(_spec.Layers[layer].Kind)?.Role == role;

    private void Add(LayerSpec layer, int index)
    {
        var kind = _catalogue.Find(layer.Kind) ?? throw new ArgumentException($"no layer kind '{layer.Kind}'");
        string id = kind.Name + Names.Number(index);
        switch (kind.Role)
        {
            case LayerRole.Recurrent:
                Recurrent(layer, id, kind);
                break;
            case LayerRole.PerStep:
                Cell(new Part(id, "", layer, kind.CreateCell!(LinearHead(layer), _size).ToGraph()));
                break;
            case LayerRole.LastStep:
                LastStep(layer, id);
                break;
            case LayerRole.Pooling:
                Current();
                Cell(new Part(id, "", layer, kind.CreateCell!(layer, _size).ToGraph()) { Role = PartRole.Recurrent });
                LastStep(layer, id, "Last");
                break;
            case LayerRole.Dropout:
                Current();
                Cell(new Part(id, "", layer, kind.CreateCell!(layer, _size).ToGraph()) { Role = PartRole.Noise, NoiseRate = layer.Real("Rate") ?? 0 });
                break;
            case LayerRole.Convolution:
                Convolution(layer, id, kind);
                break;
            case LayerRole.Skip:
                Skip(layer, id);
                break;
        }
    }

    private void Recurrent(LayerSpec layer, string id, LayerKind kind)
    {
        string input = Current();
        string direction = layer.Text("Direction", "Forward");
        var cell = kind.CreateCell!(layer, _size).ToGraph();
        var part = new Part(id, "", layer, cell)
        {
            Role = PartRole.Recurrent,
            Inputs = [new PartInput("x", input)],
            InputSize = _size,
            OncePerSequence = _oncePerSequence,
            ResetsMasked = _spec.ResetsMasked,
            TapedCell = _spec.Training && RecurrentCell.Dropout(layer) > 0 ? kind.CreateCell!(layer, _size).ToGraph(taped: true) : null,
            NoiseRate = RecurrentCell.Dropout(layer),
            Reverse = direction == "Reverse",
        };
        _parts.Add(part);
        (_current, _size) = (id, cell.OutputSize);
        _directions = direction == "Forward" ? null : new Directions(layer, id, id, "", "");
        if (direction != "Bidirectional")
            return;
        _parts.Add(part with { Tail = "Reverse", Suffix = "_reverse", Reverse = true, KernelsOf = id });
        _directions = new Directions(layer, id, id, id + "Reverse", layer.Text("Merge", MergeCell.Concat));
        _current = "";
    }

    private void LastStep(LayerSpec layer, string id, string tail = "")
    {
        if (_directions is not { } directions)
            _current = Last(layer, id, tail, Current(), reverse: false);
        else if (directions.Second.Length == 0)
            _current = Last(layer, id, tail, directions.First, reverse: true);
        else
            _directions = new Directions(
                layer, id, Last(layer, id, tail, directions.First, reverse: false), Last(layer, id, tail + "Reverse", directions.Second, reverse: true), directions.Merge);
        if (_current.Length > 0)
            _directions = null;
        _oncePerSequence = true;
    }

    private string Last(LayerSpec layer, string id, string tail, string input, bool reverse)
    {
        _parts.Add(new Part(id, tail, layer, null)
        {
            Role = PartRole.LastStep,
            Reverse = reverse,
            Inputs = [new PartInput("x", input)],
            InputSize = _size,
            OncePerSequence = true,
            Size = _size,
        });
        return id + tail;
    }

    private void Convolution(LayerSpec layer, string id, LayerKind kind)
    {
        int taps = layer.Number("KernelSize");
        if (taps > 1)
        {
            var window = new Part(id, "Window", layer, null)
            {
                Role = PartRole.Window,
                Inputs = [new PartInput("x", Current())],
                InputSize = _size,
                Size = taps * _size,
                Dilation = layer.Number("Dilation", 1),
                Taps = taps,
                ResetsMasked = _spec.ResetsMasked,
            };
            _parts.Add(window);
            (_current, _size) = (window.Id, window.Size);
        }

        Cell(new Part(id, "", layer, kind.CreateCell!(layer, _size).ToGraph()));
    }

    private void Skip(LayerSpec layer, string id)
    {
        string output = Current();
        string input = Input(layer, id);
        _parts.Add(new Part(id, "", layer, new MergeCell("skip", _size, "learned", "direct", (learned, direct) => learned + direct).ToGraph())
        {
            Inputs = [new PartInput("learned", output), new PartInput("direct", input)],
            InputSize = _size,
            OncePerSequence = _oncePerSequence,
        });
        _current = id;
    }

    /// <summary>Adds a part that treats the value at hand: as the vector that it multiplies, or elementwise.</summary>
    private void Cell(Part part)
    {
        var cell = part.Cell!;
        string input = cell.Aligned.Count > 0 ? Padded(part) : Current();
        _parts.Add(part with { Inputs = [new PartInput(cell.Aligned.FirstOrDefault() ?? "x", input)], InputSize = _size, OncePerSequence = _oncePerSequence });
        (_current, _size, _directions) = (part.Id, cell.OutputSize, null);
    }

    /// <summary>The value at hand in rows of whole vectors, as elementwise equations read it: frames have no padding.</summary>
    private string Padded(Part reader)
    {
        string current = Current();
        return current == Part.NetworkInput ? Input(reader.Layer, reader.LayerId) : current;
    }

    private string Input(LayerSpec layer, string id)
    {
        var input = new Part(id, "Input", layer, null)
        {
            Role = PartRole.Columns,
            Inputs = [new PartInput("x", Part.NetworkInput)],
            InputSize = _spec.InputSize,
            Size = _size,
        };
        _parts.Add(input);
        return input.Id;
    }

    /// <summary>The value at hand; what two directions computed is merged now, because someone uses it as one.</summary>
    private string Current()
    {
        if (_current.Length > 0)
            return _current;
        var directions = _directions!;
        bool concat = directions.Merge == MergeCell.Concat;
        int size = _size;
        _size = concat ? 2 * size : size;
        var merge = new Part(directions.LayerId, "Merge", directions.Layer, concat ? null : MergeCell.Of(directions.Merge, _size).ToGraph())
        {
            Role = concat ? PartRole.Columns : PartRole.PerStep,
            Inputs = [new PartInput(MergeCell.Forward, directions.First), new PartInput(MergeCell.Backward, directions.Second)],
            InputSize = size,
            OncePerSequence = _oncePerSequence,
            Size = _size,
        };
        _parts.Add(merge);
        _directions = null;
        return _current = merge.Id;
    }

    /// <summary>
    /// The last layer's softmax or sigmoid is not among its equations: it stands behind them, as the network's output activation, so that a loss can be fused
    /// with it and see the logits.
    /// </summary>
    private LayerSpec LinearHead(LayerSpec layer) => layer == _spec.Layers[_spec.Layers.Count - 1] && OutputActivation(_spec, _catalogue) != Identity
        ? layer with { Options = new EquatableArray<LayerOption>(layer.Options.Select(Linear)) }
        : layer;

    private static LayerOption Linear(LayerOption option) => option.Name == ActivationKind.Option ? option with { Value = ActivationKind.Linear } : option;

    /// <summary>What turns the last layer's values into outputs, as a member of the runtime's <c>OutputActivation</c>.</summary>
    public static string OutputActivation(NetworkSpec spec, LayerCatalogue catalogue)
    {
        var last = spec.Layers[spec.Layers.Count - 1];
        string activation = last.Text(ActivationKind.Option, ActivationKind.Linear);
        return catalogue.Find(last.Kind)!.Role == LayerRole.PerStep && activation is ActivationKind.Softmax or "Sigmoid" ? activation : Identity;
    }

    /// <summary>What a layer that goes in reverse left: its one part, or those of its two directions and how they merge.</summary>
    private sealed record Directions(LayerSpec Layer, string LayerId, string First, string Second, string Merge);
}
