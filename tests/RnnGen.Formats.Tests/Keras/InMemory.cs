using System.Text.Json;
using System.Text.Json.Nodes;
using RnnGen.Formats.Keras;

namespace RnnGen.Formats.Tests.Keras;

/// <summary>Models of Keras that lie in no file: a configuration and weights.</summary>
internal static class InMemory
{
    /// <summary>A Sequential model.</summary>
    /// <param name="version">Keras's.</param>
    /// <param name="shape">The input's, with the batch.</param>
    /// <param name="layers">Class, options and weights of each layer.</param>
    public static ModelDescription Sequential(int version, int?[] shape, params (string Kind, JsonObject Options, NamedTensor[] Weights)[] layers)
    {
        var list = new JsonArray(new JsonObject { ["class_name"] = "InputLayer", ["config"] = new JsonObject { ["batch_shape"] = new JsonArray([.. shape.Select(size => (JsonNode?)size)]), ["name"] = "in" } });
        foreach ((string kind, JsonObject options, NamedTensor[] _) in layers)
            list.Add(new JsonObject { ["class_name"] = kind, ["config"] = options.DeepClone() });
        return Read(version, new JsonObject { ["class_name"] = "Sequential", ["config"] = new JsonObject { ["layers"] = list } }, [.. layers.Select(layer => layer.Weights)]);
    }

    /// <summary>A model by its configuration, with the weights of its layers (without the input's) in order.</summary>
    public static ModelDescription Read(int version, JsonObject config, params NamedTensor[][] weights) => KerasModel.Read(
        JsonSerializer.SerializeToElement(config), KerasVersion.Of($"{version}.0.0"), new Listed(weights), "a test", ImportOptions.Default);

    /// <summary>A weight with values of no pattern.</summary>
    public static NamedTensor Weight(int seed, params int[] shape)
    {
        var random = new Random(seed);
        return new NamedTensor("w", shape, [.. Enumerable.Range(0, shape.Aggregate(1, (count, size) => count * size)).Select(_ => (1.6f * random.NextSingle()) - 0.8f)]);
    }

    private sealed class Listed(NamedTensor[][] weights) : KerasWeights
    {
        private IReadOnlyList<KerasLayer> _layers = [];

        public override IReadOnlyList<NamedTensor> Of(KerasLayer layer) => weights[_layers.ToList().FindIndex(other => ReferenceEquals(other, layer))];

        public override void Check(IReadOnlyList<KerasLayer> layers) => _layers = [.. layers.Where(layer => layer.Kind != "InputLayer")];
    }
}
