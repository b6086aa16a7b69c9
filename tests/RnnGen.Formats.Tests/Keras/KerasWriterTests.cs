using System.IO.Compression;
using System.Text.Json;
using RnnGen.Cli.Verification;
using RnnGen.Formats.Keras;

namespace RnnGen.Formats.Tests.Keras;

/// <summary>Networks written as <c>.keras</c> archives: read again they compute the same, and their structure is that of files that Keras wrote.</summary>
public sealed class KerasWriterTests
{
    // What Keras has no layer for, with the words that say so.
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["Rnn, α and β"] = "no word",
        ["Gru, α and β"] = "no word",
        ["Rnn, clipped"] = "clip",
        ["Rnn, learned state"] = "learned state",
        ["Rnn, normalised"] = "normalize",
        ["Lstm, peephole"] = "peephole",
        ["Lstm, coupled"] = "coupled",
        ["Lstm, projected"] = "projection",
        ["Lstm, cell clip"] = "clip",
        ["Lstm, learned state"] = "learned state",
        ["Lstm, normalised"] = "normalize",
        ["Lstm, activations"] = "one activation",
        ["Lstm, α and β"] = "one activation",
        ["Lstm, both directions, Concat"] = "peephole",
        ["Lstm, both directions, Sum"] = "peephole",
        ["Lstm, both directions, Average"] = "peephole",
        ["Lstm, both directions, Multiply"] = "peephole",
        ["Last step after dropout"] = "except after recurrent layers",
        ["Last step after dropout that others read"] = "except after recurrent layers",
        ["Last step after a function"] = "except after recurrent layers",
        ["Last step after the identity"] = "except after recurrent layers",
        ["Gru, clipped"] = "clip",
        ["Gru, normalised"] = "normalize",
        ["Gru, normalised, reset before"] = "normalize",
        ["Gru, learned state, both directions"] = "learned state",
    };

    public static TheoryData<string> Written => [.. LayerCases.Names.AsEnumerable<object[]>().Select(row => (string)row[0]).Where(name => !Refused.ContainsKey(name))];

    public static TheoryData<string> NotWritten => [.. Refused.Keys];

    [Theory]
    [MemberData(nameof(Written))]
    public void What_is_written_is_read_as_the_same_network(string name) => AssertSame(LayerCases.Get(name));

    [Theory]
    [InlineData(Merge.Concat)]
    [InlineData(Merge.Sum)]
    [InlineData(Merge.Average)]
    [InlineData(Merge.Multiply)]
    public void Both_directions_are_too(Merge merge) => AssertSame(RandomModel.Of(
        3, new GruAttribute(4) { Direction = Direction.Bidirectional, Merge = merge }, new LstmAttribute(3) { Direction = Direction.Bidirectional, Merge = merge }, new LastStepAttribute()));

    [Fact]
    public void A_reverse_layer_and_its_last_step_are_too() => AssertSame(RandomModel.Of(
        3, new LstmAttribute(4) { Direction = Direction.Reverse }, new GruAttribute(4) { Direction = Direction.Reverse }, new LastStepAttribute(), new DenseAttribute(2)));

    [Fact]
    public void A_last_step_beside_all_steps_is_refused()
    {
        ModelDescription model = RandomModel.Of(
            3, new LstmAttribute(4) { Name = "lstm" }, new LastStepAttribute { Name = "last" }, new MeanPoolAttribute { Name = "mean", From = ["lstm"] }, new AddAttribute { From = ["last", "mean"] });
        Assert.Contains("also gives all steps", Assert.Throws<UnsupportedLayerException>(() => KerasWriter.Write(model)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(NotWritten))]
    public void What_Keras_does_not_have_is_refused_by_name(string name)
    {
        var refusal = Assert.Throws<UnsupportedLayerException>(() => KerasWriter.Write(LayerCases.Get(name)));
        Assert.Contains(Refused[name], refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_network_gives_the_same_bytes() => Assert.Equal(KerasWriter.Write(LayerCases.Get("Graph")), KerasWriter.Write(LayerCases.Get("Graph")));

    [SkippableFact]
    public void Layers_and_weights_lie_where_Keras_puts_them()
    {
        byte[] theirs = File.ReadAllBytes(RnnGen.Tests.SharedFolder.Get("models", "keras", "keras3_lstm_dropout_dense.keras"));
        ModelDescription model = RandomModel.Of(
            24, new LstmAttribute(50), new DropoutAttribute(0.2f), new LstmAttribute(50), new LastStepAttribute(), new DropoutAttribute(0.2f), new DenseAttribute(25), new DenseAttribute(2));
        byte[] ours = KerasWriter.Write(model);
        Assert.Equal(Shapes(theirs), Shapes(ours));
        Dictionary<string, JsonElement> known = Options(theirs);
        foreach ((string option, JsonElement value) in Options(ours))
        {
            // Each option that is written is one that Keras wrote, with a value of the same kind; the layers' sizes are the same.
            Assert.True(known.TryGetValue(option, out JsonElement their), option);
            Assert.Equal(their.GetRawText(), value.GetRawText());
        }
    }

    private static void AssertSame(ModelDescription model)
    {
        byte[] archive = KerasWriter.Write(model);
        ModelDescription read = ModelFormats.Read(new ModelFile("written.keras", archive), ImportOptions.Default);
        Assert.Equal((model.InputSize, model.IsOneHot, model.OutputSize, model.IsPerSequence), (read.InputSize, read.IsOneHot, read.OutputSize, read.IsPerSequence));
        for (int seed = 0; seed < 3; seed++)
        {
            float[] input = RandomInputs.Of(model, 7, seed);
            double[] expected = new ModelEvaluator(model).Run(input), actual = new ModelEvaluator(read).Run(input);
            Assert.Equal(expected.Length, actual.Length);
            for (int at = 0; at < expected.Length; at++)
                Assert.Equal(expected[at], actual[at], 1e-6);
        }
    }

    /// <summary>The paths of all weights of layers, with their shapes.</summary>
    private static SortedDictionary<string, string> Shapes(byte[] archive)
    {
        Hdf5File file = Hdf5File.Open("model.weights.h5", Entry(archive, "model.weights.h5"));
        var shapes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Collect("/layers");
        return shapes;

        void Collect(string path)
        {
            if (!file.IsGroup(path))
                shapes.Add(path, string.Join(",", file.Tensor(path).Shape));
            else
                foreach (string child in file.Children(path))
                    Collect($"{path}/{child}");
        }
    }

    /// <summary>The options of all layers of a class, by class and place among them.</summary>
    private static Dictionary<string, JsonElement> Options(byte[] archive)
    {
        JsonElement config = JsonDocument.Parse(Entry(archive, "config.json")).RootElement;
        var options = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach ((JsonElement layer, string group) in KerasPathWeights.Numbered(config.GetProperty("config").GetProperty("layers").EnumerateArray(), layer => layer.GetProperty("class_name").GetString()!))
        {
            options.Add($"{group}.module", layer.GetProperty("module"));
            options.Add($"{group}.registered_name", layer.GetProperty("registered_name"));
            foreach (JsonProperty option in layer.GetProperty("config").EnumerateObject().Where(option => option.Name is not ("name" or "batch_shape")))
                options.Add($"{group}.config.{option.Name}", option.Value);
        }

        return options;
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
