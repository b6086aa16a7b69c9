namespace RnnGen.Formats.Keras;

/// <summary>What is said about a model while its layers are translated, and then the description of what its outputs need.</summary>
/// <param name="source">The format and its version, for display.</param>
/// <param name="options">How the file is read.</param>
internal sealed class KerasNetwork(string source, ImportOptions options)
{
    private readonly List<string> _notes = [], _warnings = [];
    private readonly Dictionary<int, KerasNode> _classes = [];
    private readonly List<string> _masks = [];
    private KerasLayer? _masked, _unmasked;
    private double? _maskedValue;

    /// <summary>Whether layers get names of their own; a plain chain needs none.</summary>
    public bool IsGraph { get; set; }

    /// <summary>What is 0 before padded sequences.</summary>
    public KerasZeros Zeros { get; } = new();

    /// <summary>The input as classes.</summary>
    public KerasNode Classes(int count)
    {
        if (!_classes.TryGetValue(count, out KerasNode? input))
            _classes.Add(count, input = KerasNode.Input(count, isClasses: true));
        return input;
    }

    /// <summary>A sentence for the file's user, once.</summary>
    public void Note(string sentence)
    {
        if (!_notes.Contains(sentence))
            _notes.Add(sentence);
    }

    /// <summary>A sentence on what may be wrong, once.</summary>
    public void Warn(string sentence)
    {
        if (!_warnings.Contains(sentence))
            _warnings.Add(sentence);
    }

    /// <summary>A layer that masks steps of the input by a value: one for all, for RnnGen's networks have one mask.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="value">The value.</param>
    /// <param name="sentence">What it masks, for the file's user, without a full stop.</param>
    public void Masks(KerasLayer layer, double value, string sentence)
    {
        if (_maskedValue is { } other && other != value)
            throw layer.Refuse(FormattableString.Invariant($"it masks steps of the value {value}, another layer those of {other}, expected one mask for all"));
        _maskedValue = value;
        if (!_masks.Contains(sentence))
            _masks.Add(sentence);
    }

    /// <summary>Whether a layer that mixes time steps sees the mask. RnnGen's networks have one mask, which all of them see.</summary>
    public void SeesMask(KerasLayer layer, KerasValue value)
    {
        if (value.IsMaskUnclear)
            throw layer.Refuse("whether it sees masked steps depends on the version of Keras: it follows a layer that merges masked tensors with others, or that is called with a mask that its input does not have");
        (_masked, _unmasked) = value.IsMasked ? (_masked ?? layer, _unmasked) : (_masked, _unmasked ?? layer);
        if (_masked is not null && _unmasked is not null)
            throw layer.Refuse($"masked steps count for {Text.Quote(_unmasked.Name)} and not for {Text.Quote(_masked.Name)}, expected one mask for all");
    }

    /// <summary>The description of what computes the outputs.</summary>
    /// <param name="outputs">The model's outputs in order.</param>
    public ModelDescription Describe(IReadOnlyList<KerasValue> outputs)
    {
        foreach (KerasValue output in outputs)
            Check(output);
        if (outputs.FirstOrDefault(output => output.Rank == KerasRank.Once) is { } once && outputs.FirstOrDefault(output => output.Rank != KerasRank.Once) is { } each)
            throw Refused(once, $"it gives one output per sequence, and {Text.Quote(each.Node.Origin!.Name)} one per step: expected outputs of one kind");
        IReadOnlyList<KerasNode> needed = InOrder(outputs);
        KerasNode input = needed.Where(node => node.Make is null).ToList() is [var only] ? only : throw Refused(outputs[0], "the model's input is read in several ways: as classes and as numbers, or in several shapes");
        if (input.IsClasses && needed.FirstOrDefault(node => node.Inputs.Contains(input) && node.Origin!.Kind != "Embedding") is { } reader)
            throw reader.Origin!.Refuse("it reads class numbers as features");
        var builder = new ModelBuilder(source, input.Size, input.IsClasses, options);
        KerasNode[] order = [.. needed.Where(node => node.Make is not null)];
        bool isChain = !IsGraph || (outputs.Count == 1 && order.Select((node, at) => node.Inputs is [var one] && one == (at == 0 ? input : order[at - 1])).All(follows => follows));
        KerasNode[] ends = [.. outputs.Select(output => output.Node)];
        bool inOrder = ends.Length > 1 && ends.SequenceEqual(order.Where(ends.Contains));
        var names = new Dictionary<KerasNode, string>();
        foreach (KerasNode node in order)
        {
            string? name = isChain ? null : Unused(node.Origin!, names.Values);
            bool follows = node.Inputs is [var one] && (names.Count == 0 ? one.Make is null : names.TryGetValue(one, out string? before) && before == builder.Layers[^1].Name);
            string[]? from = follows ? null : [.. node.Inputs.Select(read => read.Make is null ? ModelBuilder.Input : names[read])];
            ModelLayer added = builder.Add(node.Make!(new KerasPlace(name, from, inOrder && ends.Contains(node))), node.Origin!.Comment, node.Parameters);
            names.Add(node, added.Name);
        }

        if (ends.Length > 1 && !inOrder)
            builder.Add(new ConcatAttribute { From = [.. ends.Select(end => names[end])] }, "the model's outputs in their order");
        return Finished(builder);
    }

    private ModelDescription Finished(ModelBuilder builder)
    {
        bool isSeen = _masked is not null || _unmasked is null;
        foreach (string note in _notes.Concat(_masks.Select(mask => mask + (isSeen ? ": give a mask that leaves them out." : ", but no layer is affected by them: give no mask."))))
            builder.Note(note);
        foreach (string warning in _warnings)
            builder.Warn(warning);
        return builder.Build();
    }

    private static void Check(KerasValue output)
    {
        if (output.Node.Make is null)
            throw new FormatException("expected at least one layer between input and output, got none");
        if (output.IsReversed)
            throw Refused(output, "its outputs are in reversed time order (go_backwards with return_sequences)");
        if (output.Skipped != 0)
            throw Refused(output, "its output has a different number of steps from its input, because a convolution is not padded");
        if (output.Rank is KerasRank.Flat or KerasRank.Mask)
            throw Refused(output, "its output is neither a vector per step nor a vector per sequence");
    }

    private static UnsupportedLayerException Refused(KerasValue output, string reason) => output.Node.Origin!.Refuse(reason);

    /// <summary>What outputs need, each after what it reads, without recursion.</summary>
    private static IReadOnlyList<KerasNode> InOrder(IReadOnlyList<KerasValue> outputs)
    {
        List<KerasNode> order = [];
        var (seen, done) = (new HashSet<KerasNode>(), new HashSet<KerasNode>());
        var left = new Stack<KerasNode>(outputs.Reverse().Select(output => output.Node));
        while (left.TryPeek(out KerasNode? node))
        {
            if (seen.Add(node))
            {
                foreach (KerasNode input in node.Inputs.Reverse())
                    left.Push(input);
                continue;
            }

            left.Pop();
            if (done.Add(node))
                order.Add(node);
        }

        return order;
    }

    private static string Unused(KerasLayer origin, IReadOnlyCollection<string> used)
    {
        string name = Identifiers.LayerName(origin.Name) ?? "layer", free = name;
        for (int number = 2; used.Contains(free); number++)
            free = FormattableString.Invariant($"{name}_{number}");
        return free;
    }
}
