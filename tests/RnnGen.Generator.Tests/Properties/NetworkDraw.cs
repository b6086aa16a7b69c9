namespace RnnGen.Generator.Tests.Properties;

/// <summary>A network that was drawn.</summary>
/// <param name="Name">Its class.</param>
/// <param name="Source">Attributes and class.</param>
/// <param name="Features">What is in it: <c>Lstm Peephole = true</c>.</param>
internal sealed record DrawnNetwork(string Name, string Source, IReadOnlyList<string> Features);

/// <summary>
/// Draws networks. Options are dealt like cards, so that all of them come with every seed: each way through time with each kind of cell and each manner of
/// ending, and each option of each kind of layer.
/// </summary>
internal sealed class NetworkDraw
{
    /// <summary>Two passes over the steps, the second of which reads what the first computed through dropout.</summary>
    private const string NoiseBetweenDirections = "dropout between bidirectional layers";

    private static readonly string[] Rules = ["Hold", "Reset"];
    private static readonly int[] Sizes = [1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 33];
    private readonly Random _random;
    private readonly Dictionary<string, Queue<LayerOption>> _decks = [];
    private List<string> _features = [];

    private NetworkDraw(int seed) => _random = new Random(seed);

    /// <summary>All that <see cref="Draw"/> must have among its networks' features.</summary>
    public static IEnumerable<string> Features =>
    [
        .. LayerOptions.Cells.SelectMany(cell => LayerOptions.Of(cell).Concat(LayerOptions.Directions).Select(option => $"{cell} {option}")),
        .. LayerOptions.Cells.SelectMany(cell => Rules.Select(rule => $"{cell} {rule}")),
        .. LayerOptions.Cells.Select(OfClasses),
        .. LayerOptions.Ends.SelectMany(tails => tails).Select(tail => tail.Text),
        .. LayerOptions.Heads.Select(head => head.Text),
        .. LayerOptions.OfDense.Select(activation => activation.Text),
        .. LayerOptions.Between.Select(between => between.Text),
        NoiseBetweenDirections,
        .. GraphDraw.Features,
    ];

    /// <summary>The networks of a seed.</summary>
    public static IReadOnlyList<DrawnNetwork> Draw(int seed)
    {
        var draw = new NetworkDraw(seed);
        var networks = LayerOptions.Directions.SelectMany((direction, way) => LayerOptions.Ends.Select((tails, end) =>
            draw.Network(way * LayerOptions.Ends.Count + end, direction, tails[way % tails.Count], LayerOptions.Cells[(way + end) % LayerOptions.Cells.Count], way + end)))
            .ToList();

        // What was not dealt yet.
        while (LayerOptions.Cells.FirstOrDefault(cell => LayerOptions.Of(cell).Select(option => $"{cell} {option}").Except(networks.SelectMany(network => network.Features)).Any())
            is string cell)
            networks.Add(draw.Network(networks.Count, LayerOptions.Directions[0], LayerOptions.Ends[0][0], cell, networks.Count));
        foreach (string cell in LayerOptions.Cells.Where(cell => !networks.Exists(network => network.Features.Contains(OfClasses(cell)))).ToList())
        {
            var tails = LayerOptions.Ends.SelectMany(tails => tails).Where(tail => !Skips(tail)).ToList();
            networks.Add(draw.Network(networks.Count, draw.Any(LayerOptions.Directions), draw.Any(tails), cell, networks.Count, LayerOptions.OfClasses));
        }

        networks.Add(draw.BothWaysTwice($"Net{networks.Count}"));
        networks.AddRange(new GraphDraw(draw._random).Draw(networks.Count));
        return networks;
    }

    private DrawnNetwork BothWaysTwice(string name)
    {
        _features = [NoiseBetweenDirections];
        var bothWays = LayerOptions.Directions.Where(direction => direction.Text.Contains("Bidirectional", StringComparison.Ordinal)).ToList();
        string[] layers =
        [
            .. LayerOptions.Cells.OrderBy(_ => _random.Next()).Take(2).Select(cell => Recurrent(cell, Any(bothWays), Rules[0])),
        ];
        return new DrawnNetwork(name, $"[Network({Size(1)})]\n{string.Join("\n[Dropout(0.5f)]\n", layers)}\npublic sealed partial class {name};", _features);
    }

    /// <param name="number">Of the network.</param>
    /// <param name="direction">How its last recurrent layer goes through time.</param>
    /// <param name="tail">What follows that.</param>
    /// <param name="cell">Its kind.</param>
    /// <param name="turn">Decides which masked states the network has.</param>
    /// <param name="only">What stands alone before it; drawn where null, perhaps with other recurrent layers.</param>
    private DrawnNetwork Network(int number, LayerOption direction, LayerOption tail, string cell, int turn, LayerOption? only = null)
    {
        string rule = Rules[turn / LayerOptions.Cells.Count % Rules.Length];
        var head = only ?? (Skips(tail) ? Next("head of frames", LayerOptions.HeadsOfFrames) : Next("head", LayerOptions.Heads));
        _features = [tail.Text, head.Text];
        var recurrent = new List<string>();
        var layers = new List<string> { Headed(head.Text, rule, Skips(tail) ? Sizes[^1] : Size(1)) };
        for (int others = only is null ? _random.Next(3) : 0; others > 0; others--)
        {
            // What has the most options left is due.
            string other = LayerOptions.Cells.MaxBy(kind => _decks.TryGetValue(kind, out var deck) ? deck.Count : int.MaxValue)!;
            recurrent.Add(other);
            layers.Add(Recurrent(other, Any(LayerOptions.Directions), rule));
            string between = Next("between", LayerOptions.Between).Text;
            _features.Add(between);
            layers.Add(between);
        }

        recurrent.Add(cell);
        layers.Add(Recurrent(cell, direction, rule));
        layers.Add(Filled(tail.Text));
        if (head == LayerOptions.OfClasses)
            _features.Add(OfClasses(recurrent[0]));
        string name = $"Net{number}";
        string source = $"{string.Concat(layers.Where(layer => layer.Length > 0).Select(layer => layer + "\n"))}public sealed partial class {name};";
        return new DrawnNetwork(name, source, _features);
    }

    /// <summary>A kind of cell that takes classes.</summary>
    private static string OfClasses(string cell) => $"{cell} of classes";

    /// <summary>Whether the input is added to the output: it must be frames that are no smaller than that.</summary>
    private static bool Skips(LayerOption tail) => tail.Text.Contains("Skip", StringComparison.Ordinal);

    /// <summary>The network's attribute and what stands before the first recurrent layer.</summary>
    private string Headed(string head, string rule, int inputs)
    {
        int first = head.IndexOf('#');
        head = head.Remove(first, 1).Insert(first, inputs + (rule == "Hold" ? "" : $", MaskedState = MaskedState.{rule}"));
        return Filled(head);
    }

    private string Recurrent(string cell, LayerOption direction, string rule)
    {
        var options = new List<LayerOption> { direction };
        var deck = Deck(cell, LayerOptions.Of(cell));
        for (int cards = Math.Min(deck.Count, 12); cards > 0 && options.Count < 6; cards--)
        {
            var card = deck.Dequeue();
            if (options.Exists(option => option.Properties.Intersect(card.Properties).Any()))
                deck.Enqueue(card);
            else
                options.Add(card);
        }

        _features.AddRange(options.Select(option => $"{cell} {option}"));
        _features.Add($"{cell} {rule}");

        // Over one or two units a normalized sum is a constant.
        int units = Size(options.Exists(option => option.Text.StartsWith("LayerNorm", StringComparison.Ordinal)) ? 5 : 1);
        return $"[{cell}({string.Join(", ", options.Select(option => option.Text).Where(text => text.Length > 0).Prepend(units.ToString()))})]";
    }

    private string Filled(string layers)
    {
        while (layers.Contains('#'))
            layers = layers.Remove(layers.IndexOf('#'), 1).Insert(layers.IndexOf('#'), Size(1).ToString());
        while (layers.Contains('@'))
        {
            string activation = Next("dense", LayerOptions.OfDense).Text;
            _features.Add(activation);
            layers = layers.Remove(layers.IndexOf('@'), 1).Insert(layers.IndexOf('@'), activation);
        }

        return layers;
    }

    private LayerOption Next(string deck, IReadOnlyList<LayerOption> options) => Deck(deck, options).Dequeue();

    /// <summary>What is left of a shuffled deck; a new one when it is used up.</summary>
    private Queue<LayerOption> Deck(string name, IReadOnlyList<LayerOption> options)
    {
        if (!_decks.TryGetValue(name, out var deck) || deck.Count == 0)
        {
            var cards = options.ToArray();
            _random.Shuffle(cards);
            _decks[name] = deck = new Queue<LayerOption>(cards);
        }

        return deck;
    }

    private int Size(int atLeast) => Any(Sizes.Where(size => size >= atLeast).ToList());

    private T Any<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];
}
