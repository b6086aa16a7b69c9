namespace RnnGen.Formats;

/// <summary>
/// A Keras file that holds weights and says nothing of the layers that they belong to: what <c>model.save_weights</c> writes, or <c>model.weights.h5</c> of an archive.
/// </summary>
public static class KerasWeightsFile
{
    private const string Format = "Keras weights";

    /// <summary>All weights of the file's layers as Keras has them, under their paths: <c>/lstm_1/lstm_1/kernel:0</c>.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="FormatException">It is no such file, or damaged.</exception>
    public static IReadOnlyList<NamedTensor> Read(ModelFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return [.. Layers(file).SelectMany(layer => layer.Tensors)];
    }

    /// <summary>
    /// A network with the weights of a file. Its layers that have weights take those of the file's layers of the same names; where the file has no names that are the
    /// network's, those of the file's layers in order, and where the file's order is not known either (<c>model.weights.h5</c> has layers by class), among layers of one class.
    /// By order only layers that read one another can be told apart.
    /// </summary>
    /// <param name="model">The network: layers that Keras has too, as <see cref="ModelFormats.Read(string)"/> gives them of a model with other weights.</param>
    /// <param name="file">The file.</param>
    /// <returns>The same layers with other values.</returns>
    /// <exception cref="FormatException">It is no such file, damaged, or of other layers: their number, or a shape; or it is not known which layer of the file is which of the network's, for these stand side by side.</exception>
    /// <exception cref="UnsupportedLayerException">The network has a layer that Keras does not have.</exception>
    public static ModelDescription Load(ModelDescription model, ModelFile file)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(file);
        IReadOnlyDictionary<ModelLayer, KerasWeightsLayer> pairs = new KerasWeightsPairs(model, file.Name).Of(Layers(file));
        var builder = new ModelBuilder($"{model.Source}, weights of {Text.Shorten(file.Name)}", model.InputSize, model.IsOneHot) { MaskedState = model.MaskedState };
        foreach (ModelLayer layer in model.Layers)
        {
            if (pairs.TryGetValue(layer, out KerasWeightsLayer? weights))
                builder.Add(layer.Attribute, $"weights of Keras layer \"{Text.Shorten(weights.Name)}\"", [.. KerasLayerWeights.Parameters(layer, new KerasTensors(weights.Name, weights.Tensors))]);
            else
                builder.Add(layer.Attribute, layer.Comment);
        }

        return builder.Build();
    }

    /// <summary>The weights of a file for the layers of a Keras model.</summary>
    internal static KerasWeights Of(ModelFile file) => KerasDamage.Guarded<KerasWeights>(Format, file.Name, () =>
    {
        Hdf5File hdf5 = Hdf5File.Open(file.Name, file.Bytes);
        return HasPaths(hdf5) ? new KerasPathWeights(hdf5) : Groups(hdf5);
    });

    private static bool HasPaths(Hdf5File file) => file.Exists("/layers") || file.Exists("/_layer_checkpoint_dependencies");

    private static KerasGroupWeights Groups(Hdf5File file) => new(file, file.Exists("/model_weights") ? "/model_weights" : "/");

    /// <summary>The layers that have weights.</summary>
    private static IReadOnlyList<KerasWeightsLayer> Layers(ModelFile file) => KerasDamage.Guarded(Format, file.Name, () =>
    {
        Hdf5File hdf5 = Hdf5File.Open(file.Name, file.Bytes);
        IEnumerable<KerasWeightsLayer> layers;
        if (HasPaths(hdf5))
        {
            var weights = new KerasPathWeights(hdf5);
            layers = weights.Groups.Select(Place).OrderBy(group => group.Kind, StringComparer.Ordinal).ThenBy(group => group.Number).Select(group => new KerasWeightsLayer(group.Name, group.Kind, weights.Of(group.Name)));
        }
        else
        {
            KerasGroupWeights weights = Groups(hdf5);
            layers = weights.Names.Select(name => new KerasWeightsLayer(name, null, weights.Of(name)));
        }

        return layers.Where(layer => layer.Tensors.Count > 0).ToList();
    });

    /// <summary>A group's class and place: <c>lstm_2</c> is the third of <c>lstm</c>.</summary>
    private static (string Name, string Kind, int Number) Place(string group)
    {
        int at = group.LastIndexOf('_');
        return at > 0 && int.TryParse(group.AsSpan(at + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number)
            ? (group, group[..at], number)
            : (group, group, 0);
    }
}
