namespace RnnGen.Formats.Nam;

/// <summary>
/// An array of a WaveNet's layers. A dense layer changes the number of channels; then each layer is <c>z = φ(conv(x) + mix(input))</c>, where it is gated times
/// <c>σ(…)</c> of as many channels more, and <c>x' = x + dense(z)</c>. The head is a convolution of the sum of all z.
/// </summary>
internal sealed class NamLayerArray
{
    private readonly string _name;
    private readonly int _inputs, _channels, _bottleneck, _headUnits, _headTaps = 1, _headDilation = 1;
    private readonly bool _headHasBias, _hasResidual = true;
    private readonly IReadOnlyList<NamWaveNetLayer> _layers;

    private NamLayerArray(JsonValue json, int index)
    {
        _name = $"layers[{index}]";
        Prefix = $"a{index}";
        json.AllowOnly(
            "input_size", "condition_size", "head_size", "head_bias", "head", "channels", "bottleneck", "kernel_size", "kernel_sizes", "dilations", "activation", "gated",
            "gating_mode", "secondary_activation", "groups_input", "groups_input_mixin", "layer1x1", "head1x1", "slimmable", "conv_pre_film", "conv_post_film",
            "input_mixin_pre_film", "input_mixin_post_film", "activation_pre_film", "activation_post_film", "layer1x1_post_film", "head1x1_post_film");
        RefuseWhatGraphsLack(json);
        _inputs = json.Get("input_size").Integer(1, NamWeights.LargestSize);
        Condition = json.Get("condition_size").Integer(1, NamWeights.LargestSize);
        _channels = json.Get("channels").Integer(1, NamWeights.LargestSize);
        _bottleneck = json.Find("bottleneck")?.Integer(1, NamWeights.LargestSize) ?? _channels;
        if (json.Find("layer1x1") is { } residual)
        {
            residual.AllowOnly("active", "groups");
            _hasResidual = residual.Get("active").Flag();
            RefuseGroups(residual.Find("groups"), "layer1x1");
        }

        if (!_hasResidual && _bottleneck != _channels)
            throw json.Wrong($"expected a bottleneck of {_channels} without layer1x1, got {_bottleneck}");
        if (json.Find("head") is { } head)
        {
            head.AllowOnly("out_channels", "kernel_size", "bias", "head_dilation");
            if ((json.Find("head_size") ?? json.Find("head_bias")) is { } other)
                throw other.Wrong("expected none beside head, got one");
            _headUnits = head.Get("out_channels").Integer(1, NamWeights.LargestSize);
            _headTaps = head.Get("kernel_size").Integer(1, NamWeights.LargestSize);
            _headDilation = head.Find("head_dilation")?.Integer(1, NamWeights.LargestSize) ?? 1;
            _headHasBias = head.Get("bias").Flag();
        }
        else
        {
            (_headUnits, _headHasBias) = (json.Get("head_size").Integer(1, NamWeights.LargestSize), json.Get("head_bias").Flag());
        }

        _layers = NamWaveNetLayer.ReadAll(json, _name);
    }

    /// <summary>What its layers' names begin with.</summary>
    public string Prefix { get; }

    /// <summary>Channels of the condition: of the network's input.</summary>
    public int Condition { get; }

    public static NamLayerArray Read(JsonValue json, int index) => new(json, index);

    /// <summary>Adds all but the head.</summary>
    /// <returns>What the next array reads, and the head.</returns>
    public (NamSignals Signals, NamHeadLayer Head) Add(ModelBuilder builder, NamWeights weights, NamSignals before, bool isLast)
    {
        if (Condition != builder.InputSize)
            throw new FormatException($"{_name}: expected a condition_size of {builder.InputSize}, as many as the network's inputs, got {Condition}");
        string layer = builder.Add(
            new DenseAttribute(_channels) { Name = $"{Prefix}_in", From = [before.Layers], Bias = false }, $"{_name}, rechannel", ("weight", weights.Take(_name, _channels, _inputs))).Name;
        List<string> heads = before.Head is null ? [] : [before.Head];
        foreach ((int index, NamWaveNetLayer options) in _layers.Index())
        {
            string name = $"{Prefix}_{index}";
            string z = options.Add(builder, weights, name, layer, _channels, _bottleneck);
            heads.Add(z);
            if (!_hasResidual)
                continue;
            float[] weight = weights.Take(name, _channels, _bottleneck), bias = weights.Take(name, _channels);

            // Nothing reads what the last layer of all gives beside its head.
            if (isLast && index == _layers.Count - 1)
                continue;
            string residual = builder.Add(new DenseAttribute(_channels) { Name = $"{name}_mix", From = [z] }, null, ("weight", weight), ("bias", bias)).Name;
            layer = builder.Add(new AddAttribute { Name = $"{name}_out", From = [layer, residual] }).Name;
        }

        string sum = heads.Count == 1 ? heads[0] : builder.Add(new AddAttribute { Name = $"{Prefix}_sum", From = [.. heads] }, $"{_name}, what its head reads").Name;
        float[] headWeight = weights.Take(_name, _headUnits, _bottleneck, _headTaps);
        return (
            new NamSignals(layer, null),
            new NamHeadLayer($"{Prefix}_head", [sum], default, _headUnits, _headTaps, _headDilation, headWeight, _headHasBias ? weights.Take(_name, _headUnits) : null));
    }

    private void RefuseWhatGraphsLack(JsonValue json)
    {
        RefuseGroups(json.Find("groups_input"), "groups_input");
        RefuseGroups(json.Find("groups_input_mixin"), "groups_input_mixin");
        if (json.Find("slimmable") is not null)
            throw new UnsupportedLayerException(_name, "slimmable", "its channels are a player's choice, expected a fixed number");
        if (json.Find("head1x1") is { } head && head.Get("active").Flag())
            throw new UnsupportedLayerException(_name, "head1x1", "it is active, expected one that is not");
        foreach ((string name, JsonValue film) in json.Members().Where(member => member.Name.EndsWith("_film", StringComparison.Ordinal)))
            if (film.IsObject ? film.Find("active")?.Flag() ?? true : !film.IsNull && film.Flag())
                throw new UnsupportedLayerException(_name, name, "it is active, expected one that is not");
    }

    private void RefuseGroups(JsonValue? groups, string what)
    {
        if (groups?.Integer() is { } count and not 1)
            throw new UnsupportedLayerException(_name, what, $"it has {count} groups, expected 1");
    }
}
