namespace RnnGen.Formats.Tests.Onnx;

/// <summary>
/// Lengths of sequences are one operator's in ONNX and the whole network's here: they are read where every node that goes along time has them, and refused
/// where another one sees the steps behind a sequence's end.
/// </summary>
public sealed class LengthsTests
{
    [Fact]
    public void Two_layers_with_the_same_lengths_are_read()
    {
        ModelDescription model = Read(Layer(Layer(Start(), "x", "1", "lengths"), "s1", "2", "lengths").Output("s2", -1, -1, 3));
        Assert.Equal(["Lstm", "Lstm"], model.Layers.Select(layer => LayerNames.Kind(layer.Attribute)));
        Assert.Contains(model.Notes, note => note.Contains("lengths", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("layer")]
    [InlineData("mean")]
    [InlineData("maximum")]
    [InlineData("last")]
    [InlineData("layer before")]
    public void What_sees_the_padding_is_refused(string kind)
    {
        OnnxFileBuilder graph = Start();
        graph = kind switch
        {
            "layer" => Layer(Layer(graph, "x", "1", "lengths"), "s1", "2", "").Output("s2", -1, -1, 3),
            "layer before" => Layer(Layer(graph, "x", "1", ""), "s1", "2", "lengths").Output("s2", -1, -1, 3),
            "mean" => Layer(graph, "x", "1", "lengths").Node("ReduceMean", "s1", "y", ("axes", new[] { 0 }), ("keepdims", 0)).Output("y", -1, 3),
            "maximum" => Layer(graph, "x", "1", "lengths").Node("ReduceMax", "s1", "y", ("axes", new[] { 0 }), ("keepdims", 0)).Output("y", -1, 3),
            _ => Layer(graph, "x", "1", "lengths").Integers("from", -1).Integers("to", int.MaxValue).Integers("along", 0).Node("Slice", "s1 from to along", "y").Output("y", 1, -1, 3),
        };
        Assert.Contains("sequence_lens", Assert.Throws<UnsupportedLayerException>(() => Read(graph)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Operators_without_what_they_need_are_refused()
    {
        OnnxFileBuilder[] graphs =
        [
            Start().Weights("none", [0]).Node("Clip", "x none", "y").Output("y", -1, -1, 2),
            Start().Node("Sum", [], ["y"]).Output("y", -1, -1, 2),
            Start().Node("Concat", [], ["y"], ("axis", 2)).Output("y", -1, -1, 2),
            Start().Node("ReduceMean", "x", "y", ("axes", Array.Empty<int>())).Output("y", -1, -1, 2),
            Start().Integers("from", 1).Integers("to", 2).Integers("along", 2).Integers("by", long.MaxValue).Node("Slice", "x from to along by", "y").Output("y", -1, -1, 1),
        ];
        foreach (OnnxFileBuilder graph in graphs)
            Assert.ThrowsAny<FormatException>(() => Read(graph));
    }

    [Fact]
    public void A_value_that_is_doubled_many_times_takes_no_time()
    {
        OnnxFileBuilder graph = new OnnxFileBuilder().Input("x", 1, 3).Input("h", 1, 3).Node("Add", "x h", "d0");
        for (int time = 0; time < 24; time++)
            graph = graph.Node("Add", $"d{time} d{time}", $"d{time + 1}");
        Assert.ThrowsAny<FormatException>(() => Read(graph.Output("x", 1, 3).Output("d24", 1, 3)));
    }

    private static OnnxFileBuilder Start() => new OnnxFileBuilder().Input("x", -1, -1, 2).IntegerInput("lengths", -1);

    /// <summary>An LSTM of three units, as [steps, sequences, units].</summary>
    private static OnnxFileBuilder Layer(OnnxFileBuilder graph, string input, string name, string lengths)
    {
        int size = input == "x" ? 2 : 3;
        graph.Weights("W" + name, 1, 12, size).Weights("R" + name, 1, 12, 3).Integers("axis" + name, 1);
        graph.Node("LSTM", [input, "W" + name, "R" + name, "", lengths], ["y" + name], ("hidden_size", 3));
        return graph.Node("Squeeze", $"y{name} axis{name}", "s" + name);
    }

    private static ModelDescription Read(OnnxFileBuilder graph) => ModelFormats.Read(graph.File(), ImportOptions.Default);
}
