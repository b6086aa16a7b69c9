using RnnGen.Formats.Keras;

namespace RnnGen.Formats;

/// <summary>
/// A Keras file that holds weights and says nothing of the layers that they belong to: what <c>model.save_weights</c> writes, or <c>model.weights.h5</c> of an archive.
/// </summary>
public static class KerasWeightsFile
{
    /// <summary>All weights of the file's layers as Keras has them, under their paths: <c>/lstm_1/lstm_1/kernel:0</c>.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="FormatException">It is no such file, or damaged.</exception>
    public static IReadOnlyList<NamedTensor> Read(ModelFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return [.. Layers(file).SelectMany(layer => layer.Tensors)];
    }

    /// <summary>
    /// A network with the weights of a file. Its layers that have weights take those of the file's layers in order; where the file's order is not known
    /// (<c>model.weights.h5</c> has layers by class), among layers of one class.
    /// </summary>
    /// <param name="model">The network: layers that Keras has too, as <see cref="ModelFormats.Read(string)"/> gives them of a model with other weights.</param>
    /// <param name="file">The file.</param>
    /// <returns>The same layers with other values.</returns>
    /// <exception cref="FormatException">It is no such file, damaged, or of other layers: their number, or a shape.</exception>
    /// <exception cref="UnsupportedLayerException">The network has a layer that Keras does not have.</exception>
    public static ModelDescription Load(ModelDescription model, ModelFile file)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(file);
        IReadOnlyList<(string Name, string? Kind, IReadOnlyList<NamedTensor> Tensors)> layers = Layers(file);
        ModelLayer[] own = [.. model.Layers.Where(layer => layer.Tensors.Count > 0)];
        if (own.Length != layers.Count)
            throw new FormatException($"Keras weights {Text.Quote(file.Name)}: expected {own.Length} layers with weights, {Text.Shorten(string.Join(", ", own.Select(layer => layer.Name)))}, got {layers.Count}: {Text.Shorten(string.Join(", ", layers.Select(layer => layer.Name)))}");
        var left = layers.ToList();
        var builder = new ModelBuilder($"{model.Source}, weights of {Text.Shorten(file.Name)}", model.InputSize, model.IsOneHot) { MaskedState = model.MaskedState };
        foreach (ModelLayer layer in model.Layers)
        {
            if (layer.Tensors.Count == 0)
            {
                builder.Add(layer.Attribute, layer.Comment);
                continue;
            }

            string kind = KerasPathWeights.SnakeCase(KerasLayerWeights.Kind(layer));
            int at = left.FindIndex(other => other.Kind is null || other.Kind == kind);
            if (at < 0)
                throw new FormatException($"Keras weights {Text.Quote(file.Name)}: expected weights of a {kind} for {Text.Quote(layer.Name)}, got {Text.Shorten(string.Join(", ", left.Select(other => other.Name)))}");
            builder.Add(layer.Attribute, $"weights of Keras layer \"{Text.Shorten(left[at].Name)}\"", [.. KerasLayerWeights.Parameters(layer, new KerasTensors(left[at].Name, left[at].Tensors))]);
            left.RemoveAt(at);
        }

        return builder.Build();
    }

    /// <summary>The layers that have weights, with their class where the file says that and not the order.</summary>
    private static IReadOnlyList<(string Name, string? Kind, IReadOnlyList<NamedTensor> Tensors)> Layers(ModelFile file) => KerasDamage.Guarded("Keras weights", file.Name, () =>
    {
        Hdf5File hdf5 = Hdf5File.Open(file.Name, file.Bytes);
        IEnumerable<(string Name, string? Kind, IReadOnlyList<NamedTensor> Tensors)> layers;
        if (hdf5.Exists("/layers") || hdf5.Exists("/_layer_checkpoint_dependencies"))
        {
            var weights = new KerasPathWeights(hdf5);
            layers = weights.Groups.Select(Place).OrderBy(group => group.Kind, StringComparer.Ordinal).ThenBy(group => group.Number).Select(group => (group.Name, (string?)group.Kind, weights.Of(group.Name)));
        }
        else
        {
            var weights = new KerasGroupWeights(hdf5, hdf5.Exists("/model_weights") ? "/model_weights" : "/");
            layers = weights.Names.Select(name => (name, (string?)null, weights.Of(name)));
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
