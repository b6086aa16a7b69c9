using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using PureHDF;

namespace RnnGen.Formats.Keras;

/// <summary>Writes a network as a <c>.keras</c> archive of Keras 3: a functional model of Keras's own layers.</summary>
internal static class KerasWriter
{
    // The oldest Keras that has all that is written.
    private const string Version = "3.3.3";

    /// <summary>The archive.</summary>
    /// <param name="model">The network.</param>
    /// <exception cref="UnsupportedLayerException">It has what Keras has no layer for: peepholes, projections, clipping, learned states, normalized gates, …</exception>
    public static byte[] Write(ModelDescription model)
    {
        ArgumentNullException.ThrowIfNull(model);
        KerasGraphWriter graph = new KerasGraphWriter(model).Write();
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "metadata.json", System.Text.Encoding.UTF8.GetBytes(new JsonObject { ["keras_version"] = Version, ["date_saved"] = "1980-01-01@00:00:00" }.ToJsonString()));
            Add(zip, "config.json", System.Text.Encoding.UTF8.GetBytes(Config(graph).ToJsonString()));
            Add(zip, "model.weights.h5", Weights(graph));
        }

        return archive.ToArray();
    }

    private static JsonObject Config(KerasGraphWriter graph) => new()
    {
        ["module"] = "keras.src.models.functional",
        ["class_name"] = "Functional",
        ["config"] = new JsonObject
        {
            ["name"] = "model",
            ["trainable"] = true,
            ["layers"] = new JsonArray([.. graph.Entries.Select(entry => entry.ToJson())]),
            ["input_layers"] = new JsonArray(graph.Entries[0].Reference()),
            ["output_layers"] = new JsonArray([.. graph.Outputs.Select(output => output.Reference())]),
        },
        ["registered_name"] = "Functional",
    };

    /// <summary>A group for each layer, in it <c>vars</c>, as Keras writes them, and the datasets.</summary>
    private static byte[] Weights(KerasGraphWriter graph)
    {
        var layers = new H5Group();
        foreach ((KerasEntry entry, string name) in KerasPathWeights.Numbered(graph.Entries.Where(entry => entry.Kind != "Flip"), entry => entry.Kind))
        {
            var group = new H5Group { ["vars"] = new H5Group() };
            layers[name] = group;
            foreach ((string path, int[] shape, float[] values) in entry.Weights)
            {
                H5Group holder = group;
                string[] parts = path.Split('/');
                foreach (string part in parts[..^1])
                    holder = (H5Group)(holder.TryGetValue(part, out object? inner) ? inner : holder[part] = new H5Group());
                holder[parts[^1]] = new H5Dataset(values, fileDims: Array.ConvertAll(shape, size => (ulong)size));
            }
        }

        using var stream = new MemoryStream();
        new H5File { ["layers"] = layers, ["vars"] = new H5Group() }.Write(stream);
        return stream.ToArray();
    }

    /// <summary>As Keras does, without compression; with a fixed date, so that the same network gives the same bytes.</summary>
    private static void Add(ZipArchive zip, string name, byte[] bytes)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = DateTimeOffset.ParseExact("1980-01-01T00:00:00+00:00", "yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
        using Stream stream = entry.Open();
        stream.Write(bytes);
    }
}
