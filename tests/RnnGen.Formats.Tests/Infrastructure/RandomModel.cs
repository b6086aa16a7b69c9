namespace RnnGen.Formats.Tests;

/// <summary>Networks with random weights.</summary>
internal static class RandomModel
{
    /// <summary>A network of layers.</summary>
    public static ModelDescription Of(int inputSize, params LayerAttribute[] layers) => Of(inputSize, false, layers);

    /// <summary>A network of layers whose steps may be classes.</summary>
    public static ModelDescription Of(int inputSize, bool isOneHot, params LayerAttribute[] layers)
    {
        var random = new Random(7);
        var builder = new ModelBuilder("a test", inputSize, isOneHot);
        List<(string Name, int Size)> sizes = [("input", inputSize)];
        foreach (LayerAttribute layer in layers)
        {
            int input = layer.From?.Sum(name => sizes.First(other => other.Name == name).Size) ?? sizes[^1].Size;
            ModelLayer added = builder.Add(layer, null, [.. LayerShapes.Parameters(layer, input)!.Select(parameter => (parameter.Parameter, Weights(parameter.Shape, random)))]);
            sizes.Add((added.Name, added.OutputSize));
        }

        return builder.Build();
    }

    private static float[] Weights(int[] shape, Random random) =>
        [.. Enumerable.Range(0, shape.Aggregate(1, (count, size) => count * size)).Select(_ => (1.6f * random.NextSingle()) - 0.8f)];
}
