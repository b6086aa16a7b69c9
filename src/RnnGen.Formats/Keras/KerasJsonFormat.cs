using System.Text.Json;

namespace RnnGen.Formats.Keras;

/// <summary>A Keras model without weights, as <c>model.to_json()</c> writes it; the weights lie in a file beside it.</summary>
internal sealed class KerasJsonFormat : ModelFormat
{
    private const string Kind = "class_name", Config = "config", Version = "keras_version", Backend = "backend";

    public override string Name => "Keras (JSON)";

    internal override bool ReadsWeights => true;

    internal override bool Recognizes(ModelFile file) => JsonFile.RootMembers(file) is var members && members.Contains(Kind) && members.Contains(Config);

    internal override ModelDescription Read(ModelFile file, ImportOptions options) => KerasDamage.Guarded(Name, file.Name, () =>
    {
        ModelFile weights = options.Weights ?? throw new FormatException("expected a weights file (--weights) for a model without weights, got none");
        JsonElement model = JsonFile.Parse(file.Bytes);

        // Keras 3 does not state its version here, but only it states modules.
        string? version = model.TryGetProperty(Version, out _) ? KerasJson.Text(model, Version) : model.TryGetProperty("module", out _) ? "3" : null;
        string? backend = model.TryGetProperty(Backend, out _) ? KerasJson.Text(model, Backend) : null;
        return KerasModel.Read(model, KerasVersion.Of(version, backend), KerasWeightsFile.Of(weights), Name, options);
    });
}
