namespace RnnGen.Formats.Guitar;

/// <summary>
/// The JSON of GuitarML, Proteus and NeuralPi (and of the training code that they share): <c>model_data</c> with the sizes, <c>state_dict</c> with a recurrent
/// PyTorch module <c>rec</c> and a linear one <c>lin</c>. With <c>skip</c> the network's input is added to its output.
/// </summary>
internal sealed class GuitarMlFormat : ModelFormat
{
    /// <inheritdoc/>
    public override string Name => "GuitarML JSON";

    internal override bool Recognizes(ModelFile file) => JsonFile.RootMembers(file).Contains("model_data");

    internal override ModelDescription Read(ModelFile file, ImportOptions options)
    {
        RefusePart(options);
        JsonValue root = JsonFile.Parse(file), data = root.Get("model_data");
        root.AllowOnly("model_data", "state_dict");
        data.AllowOnly("model", "input_size", "skip", "output_size", "unit_type", "num_layers", "hidden_size", "bias_fl");
        if (data.Find("model")?.Text() is { } model and not "SimpleRNN")
            throw new UnsupportedLayerException("model_data", model, "expected the model SimpleRNN");
        int inputs = data.Get("input_size").Integer(1), units = data.Get("hidden_size").Integer(1), outputs = data.Find("output_size")?.Integer(1) ?? 1;
        string unit = data.Get("unit_type").Text();
        var builder = new ModelBuilder("GuitarML JSON", inputs, options: options);
        var tensors = new JsonStateDict(root.Get("state_dict"));
        int layers = data.Find("num_layers")?.Integer(1) ?? 1;
        for (int layer = 0; layer < layers; layer++)
            TorchJsonLayers.AddRecurrent(builder, tensors, unit, "rec.", layer, units);
        TorchJsonLayers.AddLinear(builder, tensors, "lin.", outputs);
        tensors.End();
        if (data.Find("bias_fl")?.Flag() is { } hasBias && ((DenseAttribute)builder.Layers[^1].Attribute).Bias != hasBias)
            throw data.Wrong($"expected a bias_fl of {(hasBias ? "false, without a lin.bias" : "true, with a lin.bias")}, got {(hasBias ? "true" : "false")}");
        AddSkip(builder, data.Find("skip")?.Integer(0) ?? 0, outputs);
        if (inputs > 1)
            builder.Note($"A time step is the sample and {inputs - 1} more {(inputs > 2 ? "values" : "value")}, the positions of the device's knobs.");
        return builder.Build();
    }

    /// <summary>The first <paramref name="skip"/> inputs are added to the outputs.</summary>
    private static void AddSkip(ModelBuilder builder, int skip, int outputs)
    {
        if (skip == 0)
            return;
        if (skip != outputs || skip > builder.InputSize)
            throw new UnsupportedLayerException("model_data", "skip", $"it adds {skip} of {builder.InputSize} inputs to {outputs} outputs, expected as many inputs as outputs");
        builder.Add(new SkipAttribute(), "skip");
    }
}
