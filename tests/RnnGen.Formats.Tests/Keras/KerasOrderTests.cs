using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using RnnGen.Cli.Verification;
using RnnGen.Formats.Keras;

namespace RnnGen.Formats.Tests.Keras;

/// <summary>The order in which Keras numbers the layers of a graph, which is that of neither the description nor the configuration.</summary>
public sealed class KerasOrderTests
{
    [Fact]
    public void A_branch_that_is_longer_comes_first() => Assert.Equal(["in", "b1", "a", "b2", "sum"], Order("sum:a b2", "a:in", "b2:b1", "b1:in"));

    [Fact]
    public void Branches_of_one_length_have_the_order_in_which_the_output_reads_them() => Assert.Equal(["in", "b", "a", "sum"], Order("sum:b a", "a:in", "b:in"));

    [Fact]
    public void A_layer_is_as_far_as_the_farthest_of_its_calls() => Assert.Equal(["in", "shared", "d", "sum"], Order("sum:shared shared/1", "shared:in", "shared/1:d", "d:shared/2", "shared/2:in"));

    [Fact]
    public void A_circle_ends() => Assert.Equal(2, Order("a:b", "b:a").Count);

    [Fact]
    public void Groups_of_weights_have_numbers_in_this_order()
    {
        ModelDescription model = Branched();
        byte[] archive = KerasWriter.Write(model);
        Hdf5File weights = Hdf5File.Open("model.weights.h5", Entry(archive, "model.weights.h5"));
        foreach ((string group, string layer) in new[] { ("dense", "b1"), ("dense_1", "a"), ("dense_2", "b2") })
            Assert.Equal(model.Layers.Single(one => one.Name == layer).Find("bias")!.Values, weights.Tensor($"/layers/{group}/vars/1").Values);
        JsonArray layers = JsonNode.Parse(Entry(archive, "config.json"))!["config"]!["layers"]!.AsArray();
        Assert.Equal(["input", "b1", "a", "b2", "sum"], layers.Select(layer => layer!["name"]!.GetValue<string>()));
    }

    [Fact]
    public void A_layer_that_no_output_needs_is_not_counted()
    {
        ModelDescription model = RandomModel.Of(
            8, new DenseAttribute(8) { Name = "unused", From = ["input"] }, new DenseAttribute(8) { Name = "used", From = ["input"] });
        Assert.Equal(model.Layers[1].Find("bias")!.Values, Hdf5File.Open("w", Entry(KerasWriter.Write(model), "model.weights.h5")).Tensor("/layers/dense/vars/1").Values);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void The_order_of_the_configuration_does_not_matter(int seed)
    {
        ModelDescription model = Branched();
        byte[] archive = KerasWriter.Write(model);
        JsonNode config = JsonNode.Parse(Entry(archive, "config.json"))!;
        JsonNode?[] layers = [.. config["config"]!["layers"]!.AsArray().Select(layer => layer!.DeepClone())];
        new Random(seed).Shuffle(layers);
        config["config"]!["layers"] = new JsonArray(layers);
        using var bytes = new MemoryStream();
        bytes.Write(archive);
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry("config.json")!.Delete();
            using Stream stream = zip.CreateEntry("config.json").Open();
            stream.Write(Encoding.UTF8.GetBytes(config.ToJsonString()));
        }

        ModelDescription read = ModelFormats.Read(new ModelFile("shuffled.keras", bytes.ToArray()), ImportOptions.Default);
        float[] input = RandomInputs.Of(model, 3, 1);
        double[] expected = new ModelEvaluator(model).Run(input), actual = new ModelEvaluator(read).Run(input);
        for (int at = 0; at < expected.Length; at++)
            Assert.Equal(expected[at], actual[at], 1e-6);
    }

    private static ModelDescription Branched() => RandomModel.Of(
        8,
        new DenseAttribute(8) { Name = "a", From = ["input"] },
        new DenseAttribute(8) { Name = "b1", From = ["input"] },
        new DenseAttribute(8) { Name = "b2", From = ["b1"] },
        new AddAttribute { Name = "sum", From = ["a", "b2"] });

    /// <summary>The order of layers of a graph whose first call is the output: <c>layer/call:what it reads</c>.</summary>
    private static IReadOnlyList<string> Order(params string[] graph)
    {
        var reads = graph.Select(call => call.Split(':')).ToDictionary(parts => Call(parts[0]), parts => parts[1].Split(' ').Select(Call));
        return KerasOrder.Of([Call(graph[0].Split(':')[0])], call => reads.TryGetValue(call, out IEnumerable<(string, int)>? read) ? read : []);

        static (string Layer, int Call) Call(string text) => text.Split('/') is [var layer, var call] ? (layer, int.Parse(call, System.Globalization.CultureInfo.InvariantCulture)) : (text, 0);
    }

    private static byte[] Entry(byte[] archive, string name)
    {
        using var zip = new ZipArchive(new MemoryStream(archive));
        using Stream stream = zip.GetEntry(name)!.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
