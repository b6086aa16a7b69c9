namespace RnnGen.Generator.Tests.Properties;

/// <summary>
/// Draws networks whose layers read others than the one before them, some with several outputs. Kinds of layers are dealt like cards, so that a few networks have
/// all of them.
/// </summary>
/// <param name="random">The seed's.</param>
internal sealed class GraphDraw(Random random)
{
    /// <summary>A cell of the user's, which the networks may have layers of; the reference has its equations.</summary>
    public const string OwnCell =
        """
        using static RnnGen.Equations;
        public sealed class MguAttribute(int units) : CellAttribute(units)
        {
            protected override void Define(Vector x)
            {
                Vector h = State("h");
                Vector f = Sigmoid(Gate("f", x, h));
                Vector n = Tanh(Gate("n", x, f * h));
                Next(h, (1 - f) * h + f * n);
            }
        }
        """;

    /// <summary>Networks of a seed: enough for each kind to come.</summary>
    private const int Networks = 5;

    private const int LayersOfEach = 6;
    private const string SeveralOutputs = "several outputs", OneOutput = "one output of a graph";

    private static readonly int[] Widths = [5, 7, 8, 9, 16, 17];

    /// <summary>Layers by what they are called among the features; # is the width, @ what the layer reads.</summary>
    private static readonly (string Feature, string Attribute, int Most)[] Kinds =
    [
        ("graph Rnn", "Rnn(#@)", 3),
        ("graph Lstm", "Lstm(#@)", 3),
        ("graph Gru both ways", "Gru(#, Direction = Direction.Bidirectional, Merge = Merge.Sum@)", 2),
        ("graph own cell", "Mgu(#@)", 2),
        ("graph own cell in reverse", "Mgu(#, Direction = Direction.Reverse, LearnedState = true@)", 1),
        ("graph own cell, normalized", "Mgu(#, LayerNorm = true@)", 2),
        ("graph Dense", "Dense(#, Activation.Sigmoid@)", 3),
        ("inner softmax", "Dense(#, Activation.Softmax@)", 2),
        ("Activation", "Activation(Activation.Tanh@)", 1),
        ("Activation of several", "Activation(Activation.Softsign@)", 2),
        ("inner softmax alone", "Activation(Activation.Softmax@)", 1),
        ("LayerNorm alone", "LayerNorm(@)", 1),
        ("Concat", "Concat(@)", 3),
        ("Add", "Add(@)", 3),
        ("Multiply", "Multiply(@)", 2),
        ("graph Conv1D", "Conv1D(#, 2, Activation.Tanh, Dilation = 2@)", 2),
        ("graph Conv1D of both sides", "Conv1D(#, 3, Activation.Tanh, Padding = ConvPadding.Same@)", 2),
        ("graph Dropout", "Dropout(0.5f@)", 2),
    ];

    private readonly Queue<(string Feature, string Attribute, int Most)> _kinds = [];

    /// <summary>All that <see cref="Draw"/> must have among its networks' features.</summary>
    public static IEnumerable<string> Features => [.. Kinds.Select(kind => kind.Feature), SeveralOutputs, OneOutput, "LastStep of a graph", "MeanPool of a graph"];

    /// <summary>The networks.</summary>
    /// <param name="first">The number of the first.</param>
    public IEnumerable<DrawnNetwork> Draw(int first) => Enumerable.Range(0, Networks).Select(turn => Network($"Net{first + turn}", turn)).ToList();

    private DrawnNetwork Network(string name, int turn)
    {
        int width = Widths[random.Next(Widths.Length)], inputs = random.Next(2) == 0 ? width : random.Next(1, 10);
        var features = new List<string>();
        var layers = new List<string> { $"[Dense({width}, Activation.Tanh, Name = \"n0\")]" };
        var signals = new List<(string Name, int Size)> { ("input", inputs), ("n0", width) };
        var unread = new List<string> { "n0" };
        while (layers.Count <= LayersOfEach)
            Add(layers, signals, unread, features, width);

        // The last layer reads whatever no one has read: a layer that nothing depends on is refused.
        string[] ends = ["", "[LastStep]", "", "[MeanPool]", ""];
        bool several = turn is 2 or 4;
        features.Add(several ? SeveralOutputs : OneOutput);
        if (several)
            layers[1 + random.Next(LayersOfEach)] += "*";
        layers.Add($"[Dense({random.Next(1, 6)}, Activation.{(random.Next(2) == 0 ? "Softmax" : "Linear")}, From = [{Quoted(unread)}]{(several ? ", IsOutput = true" : "")})]");
        if (ends[turn].Length > 0)
        {
            layers.Add(ends[turn]);
            features.Add(ends[turn].Trim('[', ']') + " of a graph");
        }

        string rule = turn == 3 ? ", MaskedState = MaskedState.Reset" : "";
        var written = layers.Select(layer => layer.EndsWith('*') ? layer[..^")]*".Length] + ", IsOutput = true)]" : layer);
        return new DrawnNetwork(name, $"[Network({inputs}{rule})]\n{string.Join("\n", written)}\npublic sealed partial class {name};", features);
    }

    private void Add(List<string> layers, List<(string Name, int Size)> signals, List<string> unread, List<string> features, int width)
    {
        if (_kinds.Count == 0)
        {
            var cards = Kinds.ToArray();
            random.Shuffle(cards);
            foreach (var card in cards)
                _kinds.Enqueue(card);
        }

        var (feature, attribute, most) = _kinds.Dequeue();
        features.Add(feature);
        bool folds = feature is "Add" or "Multiply";

        // Over one or two units a normalized vector is a constant; what is added has one size.
        var choices = signals.Where(signal => folds ? signal.Size == width : signal.Size >= (feature == "LayerNorm alone" ? 5 : 1)).ToList();
        int count = folds || feature == "Concat" || feature == "Activation of several" ? Math.Max(2, random.Next(2, most + 1)) : random.Next(1, most + 1);
        var read = Enumerable.Range(0, count).Select(_ => choices[random.Next(choices.Count)]).ToList();
        string name = $"n{layers.Count}";
        string arguments = $"From = [{Quoted(read.Select(signal => signal.Name))}], Name = \"{name}\"";
        string layer = attribute.Replace("#", width.ToString(), StringComparison.Ordinal);
        layers.Add($"[{layer.Replace("@", layer.Contains("(@", StringComparison.Ordinal) ? arguments : ", " + arguments, StringComparison.Ordinal)}]");
        unread.RemoveAll(candidate => read.Exists(signal => signal.Name == candidate));
        unread.Add(name);
        signals.Add((name, attribute.Contains('#') || folds ? width : read.Sum(signal => signal.Size)));
    }

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"\"{name}\""));
}
