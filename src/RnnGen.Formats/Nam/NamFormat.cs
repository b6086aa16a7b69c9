using System.Globalization;

namespace RnnGen.Formats.Nam;

/// <summary>
/// Neural Amp Modeler's <c>.nam</c>: JSON with an architecture, its configuration and one list of weights (versions 0.5 to 0.7; what its own
/// NeuralAmpModelerCore makes of them).
/// </summary>
internal sealed class NamFormat : ModelFormat
{
    /// <inheritdoc/>
    public override string Name => "Neural Amp Modeler";

    internal override bool Recognizes(ModelFile file) => JsonFile.RootMembers(file) is var members && members.Contains("architecture") && members.Contains("config");

    internal override ModelDescription Read(ModelFile file, ImportOptions options)
    {
        RefusePart(options);
        JsonValue root = JsonFile.Parse(file);
        List<string> notes = [];
        JsonValue model = root.Get("architecture").Text() == "SlimmableContainer" ? Largest(root, notes) : root;
        string version = Version(model);
        model.AllowOnly("version", "architecture", "config", "weights", "sample_rate", "metadata", "notes");
        JsonValue config = model.Get("config");
        var weights = new NamWeights(model.Get("weights").Tensor(1).Values);
        string architecture = model.Get("architecture").Text(), source = $"Neural Amp Modeler {version}, {architecture}";
        ModelBuilder builder = architecture switch
        {
            "LSTM" => NamLstm.Read(config, weights, source, options),
            "WaveNet" => NamWaveNet.Read(config, weights, source, options),
            "ConvNet" => NamConvNet.Read(config, weights, source, options),
            "Linear" => NamLinear.Read(config, weights, source, options),
            _ => throw new UnsupportedLayerException("architecture", architecture, "expected LSTM, WaveNet, ConvNet, Linear or SlimmableContainer"),
        };
        weights.End();
        notes.ForEach(builder.Note);
        if ((model.Find("sample_rate") ?? root.Find("sample_rate")) is { } rate)
            builder.Note(string.Create(CultureInfo.InvariantCulture, $"A time step is a sample at {rate.Number()} Hz."));
        return builder.Build();
    }

    /// <summary>The model of full size among those that a container holds, which is what a player starts with.</summary>
    private static JsonValue Largest(JsonValue root, List<string> notes)
    {
        Version(root);
        root.AllowOnly("version", "architecture", "config", "weights", "sample_rate", "metadata", "notes");
        root.Get("config").AllowOnly("submodels");
        IReadOnlyList<JsonValue> models = root.Get("config").Get("submodels").Items();
        double before = double.NegativeInfinity;
        foreach (JsonValue model in models)
        {
            model.AllowOnly("max_value", "model");
            double largest = model.Get("max_value").Number();
            if (largest <= before)
                throw model.Wrong($"expected a max_value above {before}, the one before, got {largest}");
            before = largest;
        }

        if (models.Count == 0)
            throw root.Get("config").Wrong("expected at least one of submodels, got none");
        notes.Add($"The file holds {models.Count} models of different sizes; this is the last, the one of full size.");
        return models[^1].Get("model");
    }

    private static string Version(JsonValue model)
    {
        string version = model.Get("version").Text();
        int[] parts = [.. version.Split('.').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1)];
        return parts is [0, >= 5 and <= 7, >= 0]
            ? version
            : throw model.Get("version").Wrong($"expected a version from 0.5.0 to 0.7, got {Text.Quote(version)}");
    }
}
