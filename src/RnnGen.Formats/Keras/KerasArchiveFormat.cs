using System.Text;

namespace RnnGen.Formats.Keras;

/// <summary>A model in a <c>.keras</c> archive: <c>config.json</c>, <c>metadata.json</c> and <c>model.weights.h5</c> in a zip.</summary>
internal sealed class KerasArchiveFormat : ModelFormat
{
    private const string Config = "config.json", Metadata = "metadata.json", Weights = "model.weights.h5";

    public override string Name => "Keras (.keras)";

    internal override bool ReadsWeights => true;

    internal override bool Recognizes(ModelFile file) => ZipContent.Has(file, Config, Weights);

    internal override ModelDescription Read(ModelFile file, ImportOptions options) => KerasDamage.Guarded(Name, file.Name, () =>
    {
        using ZipContent zip = ZipContent.Open(file) ?? throw new FormatException("expected a zip archive whose entries have different names, got none");
        string config = Encoding.UTF8.GetString(zip.Read(Config));
        string? version = zip.Names.Contains(Metadata) ? KerasJson.Text(KerasJson.Parse(Metadata, Encoding.UTF8.GetString(zip.Read(Metadata))), "keras_version") : null;
        KerasWeights weights = KerasWeightsFile.Of(options.Weights ?? new ModelFile(Weights, zip.Read(Weights)));
        return KerasModel.Read(KerasJson.Parse(Config, config), KerasVersion.Of(version), weights, Name, options);
    });
}
