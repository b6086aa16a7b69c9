namespace RnnGen.Formats;

/// <summary>
/// RTNeural's JSON of PyTorch models: nothing but the tensors of a <c>state_dict</c>, in the order of the modules. Layers follow from names and shapes.
/// </summary>
internal sealed class RtNeuralTorchFormat : ModelFormat
{
    private const string Recurrent = "weight_ih_l", Linear = "weight";

    /// <inheritdoc/>
    public override string Name => "RTNeural JSON of PyTorch";

    internal override bool Recognizes(ModelFile file) => JsonFile.RootMembers(file).Any(name => name.EndsWith(".weight_ih_l0", StringComparison.Ordinal) || name.EndsWith(".weight", StringComparison.Ordinal));

    internal override ModelDescription Read(ModelFile file, ImportOptions options)
    {
        var tensors = new JsonStateDict(JsonFile.Parse(file));
        ModelBuilder? builder = null;
        foreach (string name in tensors.Names)
        {
            int dot = name.LastIndexOf('.');
            string prefix = name[..(dot + 1)], last = name[(dot + 1)..];
            if (last != Linear && !last.StartsWith(Recurrent, StringComparison.Ordinal))
                continue; // the other tensors of a layer, which takes them with its first
            if (last == Linear && tensors.Take(name).Shape.Length is var rank and not 2)
                throw new UnsupportedLayerException(prefix.TrimEnd('.'), "module", $"its weight has {rank} dimensions, expected 2, a linear one: other modules have options that the file does not hold");
            (int rows, int columns) = tensors.Size(name);
            builder ??= new ModelBuilder("RTNeural JSON of PyTorch", columns, options: options);
            if (last == Linear)
                TorchJsonLayers.AddLinear(builder, tensors, prefix, rows);
            else
                AddRecurrent(builder, tensors, prefix, last[Recurrent.Length..], rows);
        }

        if (builder is null)
            throw new FormatException("the file: expected a tensor weight or weight_ih_l0 of a module, got none");
        tensors.End();
        if (builder.Layers.Count > 1)
            builder.Warn("The file holds nothing but weights: activations, residual connections and dropout between its layers are not known, and taken as absent.");
        return builder.Build();
    }

    private static void AddRecurrent(ModelBuilder builder, JsonStateDict tensors, string prefix, string number, int rows)
    {
        if (!int.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int index))
            throw new UnsupportedLayerException(prefix.TrimEnd('.'), "module", $"it has a layer {Text.Quote(number)}, expected a number: both directions are none of RTNeural's");
        int units = tensors.Size($"{prefix}weight_hh_l{index}").Columns;
        string unit = units > 0 && rows % units == 0 ? (rows / units) switch { 4 => "LSTM", 3 => "GRU", _ => "" } : "";
        if (unit.Length == 0)
            throw new UnsupportedLayerException(prefix.TrimEnd('.'), "module", $"its weights have {rows} rows for {units} units, expected 4 gates (LSTM) or 3 (GRU)");
        TorchJsonLayers.AddRecurrent(builder, tensors, unit, prefix, index, units);
    }
}
