using System.Text.Json;

namespace RnnGen.Formats.Keras;

/// <summary>A whole model of Keras 1, 2 or 3 in an <c>.h5</c> file: the configuration is an attribute, the weights are groups.</summary>
internal sealed class KerasH5Format : ModelFormat
{
    public override string Name => "Keras (HDF5)";

    internal override bool ReadsWeights => true;

    internal override bool Recognizes(ModelFile file) => Hdf5File.Recognizes(file.Bytes);

    internal override ModelDescription Read(ModelFile file, ImportOptions options) => KerasDamage.Guarded(Name, file.Name, () =>
    {
        Hdf5File hdf5 = Hdf5File.Open(file.Name, file.Bytes);
        string config = hdf5.Text("/", "model_config")
            ?? throw new FormatException("expected an attribute model_config, got none: the file holds only weights and does not describe their layers. Read a file that does (what model.to_json() writes, a whole model, or what a network of RnnGen saved), and pass this one as its weights (--weights)");
        string? version = hdf5.Text("/", "keras_version"), backend = hdf5.Text("/", "backend");
        KerasWeights weights = KerasWeightsFile.Of(options.Weights ?? file);
        JsonElement model = KerasJson.Parse("model_config", config);
        return KerasModel.Read(model, KerasVersion.Of(version, backend), weights, Name, options);
    });
}
